package workbook.queue;

import com.sun.net.httpserver.HttpHandler;
import workbook.contracts.queue.JobsHandlerContract;

class JobsHandlerTest extends JobsHandlerContract {

  @Override
  protected HttpHandler create(BackgroundTaskQueue queue, ImageTransform transform, int maxBytes) {
    return new JobsHandler(queue, transform, maxBytes);
  }
}
