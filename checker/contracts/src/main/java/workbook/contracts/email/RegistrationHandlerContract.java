package workbook.contracts.email;

import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.email.EmailQueue;
import workbook.email.Users;

/** The rules of registering over HTTP, with a mail to follow. */
@Tag("step-4")
@Step(module = WorkbookModule.EMAIL, number = 4, type = "RegistrationHandler")
public abstract class RegistrationHandlerContract {

  /**
   * Makes the handler under test. It is mounted at {@code /register}.
   *
   * @param queue takes the mails
   * @param users takes the users
   * @return a new handler
   */
  protected abstract HttpHandler create(EmailQueue queue, Users users);

  final RegistrationBench bench(Trial trial) throws IOException {
    return new RegistrationBench(trial, this::create);
  }

  @Rule(
      number = "5.51",
      says =
          "A registration MUST be answered 200 as soon as its user is registered and its mail is"
              + " in the queue, before the mail is sent.",
      check =
          "that the mail is put into the queue, and nothing waits until it is sent; that the 200"
              + " comes after the queue has accepted it; that name and address are those of the"
              + " form",
      lookAt = {"registered", "200", "handle"})
  void registered(Trial trial) throws IOException {
    Registrations.mailInTheQueue(trial, this);
  }

  @Rule(
      number = "5.52",
      says =
          "Registrations MUST NOT mix or hold up one another: each MUST have its own user, mail and"
              + " Message-ID.",
      check =
          "that no field of the handler keeps what belongs to one request; that the Message-ID is"
              + " made anew for each mail; that no lock is held while a form is read",
      lookAt = {"EmailMessage", "handle"})
  void doNotMix(Trial trial) throws IOException {
    Registrations.doNotMix(trial, this);
  }

  @Rule(
      number = "5.53",
      says =
          "The handler MUST answer 400 to an address that is not exactly one plain ASCII address,"
              + " and MUST NOT register a user or put a mail into the queue; it MUST accept one"
              + " that is.",
      check =
          "that the address is parsed strictly, and that several addresses or a name beside one are"
              + " refused; that a line break is refused: a form can contain it as %0D%0A; that a"
              + " missing field is refused",
      lookAt = {"400", "Mailbox", "handle"})
  void badAddress(Trial trial) throws IOException {
    BadForms.address(trial, this);
  }

  @Rule(
      number = "5.54",
      says =
          "The handler MUST answer 400 to a name that is blank or has a line break or another"
              + " control character, and MUST NOT register a user or put a mail into the queue; it"
              + " MUST accept any other.",
      check =
          "that line breaks and other control characters are refused; that a blank or a missing"
              + " name is refused",
      lookAt = {"400", "Mailbox", "handle"})
  void badName(Trial trial) throws IOException {
    BadForms.name(trial, this);
  }

  @Rule(
      number = "5.55",
      says =
          "When the queue refuses, the handler MUST answer 503 with Retry-After and MUST NOT"
              + " leave the user registered; a second try that the queue accepts MUST be answered"
              + " 200.",
      check =
          "that the result of enqueue is looked at; that a user who was added before is removed"
              + " again, and before the answer; that the answer has a Retry-After header",
      lookAt = {"503", "200", "handle"})
  void queueFull(Trial trial) throws IOException {
    Registrations.whileTheQueueIsFull(trial, this);
  }

  @Rule(
      number = "5.56",
      says =
          "An address that is already registered MUST be answered 409 without a second mail, and"
              + " its user MUST stay registered, even while the queue is full.",
      check =
          "that the result of add decides; that a full queue never removes somebody who was"
              + " registered before",
      lookAt = {"409", "handle"})
  void registeredAlready(Trial trial) throws IOException {
    Registrations.again(trial, this);
  }

  @Rule(
      number = "5.57",
      says =
          "Another path MUST be answered 404, another method 405 with Allow: POST, a body that is"
              + " no form 415 and one that is too large 413, and the connection MUST stay usable.",
      check =
          "that the handler looks at the whole path, since it gets every path that begins with"
              + " /register; that a 405 has an Allow header; that nothing is answered when"
              + " RegistrationForm.read returns empty: it has answered itself",
      lookAt = "handle")
  void otherRequests(Trial trial) throws IOException {
    BadForms.otherRequests(trial, this);
  }

  @Rule(
      number = "5.58",
      says =
          "The handler MUST NOT log or send back anything that a request contains, nor a part of"
              + " it.",
      check =
          "that no log line has the form, the name or the address; that a problem does not repeat"
              + " what was sent; that a mail is logged by its Message-ID; that nothing is masked or"
              + " cut instead",
      lookAt = "handle")
  void privacy(Trial trial) throws IOException {
    Privacy.ofTheHandler(trial, this);
  }

  @Rule(
      number = "5.59",
      says = "A null queue and null users MUST be refused with a message that names the argument.",
      check =
          "that the constructor begins with Objects.requireNonNull and the argument's name, for"
              + " both arguments",
      lookAt = "<init>")
  void arguments(Trial trial) throws IOException {
    BadArguments.ofTheHandler(trial, this);
  }
}
