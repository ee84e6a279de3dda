package workbook.shutdown;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.http.Replies;

/**
 * Takes jobs by HTTP: {@code POST /jobs/5} is a job of five seconds. Answered 202 when the worker
 * has accepted it, 503 when it has not. Given.
 */
public final class JobRequests implements HttpHandler {

  private static final Pattern JOB = Pattern.compile("/jobs/(\\d{1,4})");

  private final JobWorker worker;
  private final IntFunction<Work> work;
  private final AtomicInteger count = new AtomicInteger();

  /**
   * A handler for jobs that do nothing but take their time.
   *
   * @param worker does the jobs
   * @param time in which they take it
   */
  public JobRequests(JobWorker worker, TimeSource time) {
    this(worker, seconds -> token -> time.sleep(Duration.ofSeconds(seconds), token));
  }

  /**
   * A handler.
   *
   * @param worker does the jobs
   * @param work what a job of so many seconds does
   */
  public JobRequests(JobWorker worker, IntFunction<Work> work) {
    this.worker = Objects.requireNonNull(worker, "worker");
    this.work = Objects.requireNonNull(work, "work");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var job = JOB.matcher(exchange.getRequestURI().getPath());
    if (!job.matches()) {
      Replies.problem(exchange, 404, "a job of five seconds is POST /jobs/5");
    } else if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      Replies.problem(exchange, 405, "a job is handed in with POST");
    } else {
      answer(exchange, Integer.parseInt(job.group(1)));
    }
  }

  private void answer(HttpExchange exchange, int seconds) throws IOException {
    if (worker.submit("job " + count.incrementAndGet(), work.apply(seconds))) {
      exchange.sendResponseHeaders(202, -1);
    } else {
      exchange.getResponseHeaders().set("Retry-After", "10");
      Replies.problem(exchange, 503, "the worker is stopping: send the job again later");
    }
  }
}
