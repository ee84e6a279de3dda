package workbook.email;

import com.sun.net.httpserver.HttpHandler;
import workbook.contracts.email.RegistrationHandlerContract;

class RegistrationHandlerTest extends RegistrationHandlerContract {

  @Override
  protected HttpHandler create(EmailQueue queue, Users users) {
    return new RegistrationHandler(queue, users);
  }
}
