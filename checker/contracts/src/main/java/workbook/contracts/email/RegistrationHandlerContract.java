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
          "A registration MUST be answered 200 as soon as its user is registered and its mail is in"
              + " the queue, before the mail is sent.",
      check =
          "that the mail is put into the queue, and nothing is waited for; that the 200 comes after"
              + " the queue has accepted it; that name and address are those of the form",
      lookAt = "handle")
  void registered(Trial trial) throws IOException {
    Registrations.mailInTheQueue(trial, this);
  }

  @Rule(
      number = "5.52",
      says = "Registrations MUST NOT mix: each has its own user, mail and Message-ID.",
      check =
          "what is kept in fields of the handler; the Message-ID, which is made anew for each mail",
      lookAt = "handle")
  void doNotMix(Trial trial) throws IOException {
    Registrations.doNotMix(trial, this);
  }

  @Rule(
      number = "5.53",
      says =
          "An address that is not exactly one plain ASCII address MUST be answered 400, with no"
              + " user registered and no mail accepted.",
      check =
          "strict parsing; several addresses in one; a name beside it; a line break, which a form"
              + " can hold as %0D%0A; a field that is missing",
      lookAt = "handle")
  void badAddress(Trial trial) throws IOException {
    BadForms.address(trial, this);
  }

  @Rule(
      number = "5.54",
      says =
          "A name that is blank or has a line break or another control character MUST be answered"
              + " 400, with no user registered and no mail accepted.",
      check = "line breaks and other control characters; a name that is blank or missing",
      lookAt = "handle")
  void badName(Trial trial) throws IOException {
    BadForms.name(trial, this);
  }

  @Rule(
      number = "5.55",
      says =
          "When the queue refuses, the answer MUST be 503 with Retry-After, and nobody MUST be"
              + " registered by it; a second try, accepted, MUST be answered 200.",
      check =
          "that the result of enqueue is looked at; that a user who was added before is removed"
              + " again; the Retry-After header",
      lookAt = "handle")
  void queueFull(Trial trial) throws IOException {
    Registrations.whileTheQueueIsFull(trial, this);
  }

  @Rule(
      number = "5.56",
      says =
          "An address that is registered already MUST be answered 409 without a second mail, and"
              + " its user MUST stay registered, also while the queue is full.",
      check =
          "that the result of add decides; what is removed when the queue refuses: never somebody"
              + " who was registered before",
      lookAt = "handle")
  void registeredAlready(Trial trial) throws IOException {
    Registrations.again(trial, this);
  }

  @Rule(
      number = "5.57",
      says =
          "Another path MUST be answered 404, another method 405 with Allow: POST, and what is no"
              + " form 413 or 415, and the connection MUST be usable again.",
      check =
          "that the server hands over every path that begins with /register; the Allow header,"
              + " which a 405 must have; the Optional of RegistrationForm.read, which is empty when"
              + " it has answered itself",
      lookAt = "handle")
  void otherRequests(Trial trial) throws IOException {
    BadForms.otherRequests(trial, this);
  }

  @Rule(
      number = "5.58",
      says = "Nothing that a request contains MUST get into the log or be sent back.",
      check =
          "log lines with the form, the name or the address; a problem that repeats what was sent;"
              + " that a message is logged by its Message-ID",
      lookAt = "handle")
  void privacy(Trial trial) throws IOException {
    Privacy.ofTheHandler(trial, this);
  }

  @Rule(
      number = "5.59",
      says =
          "A queue or users that are null MUST be refused with a message that names the argument.",
      check =
          "Objects.requireNonNull with the argument's name, for both arguments of the constructor",
      lookAt = "<init>")
  void arguments(Trial trial) throws IOException {
    BadArguments.ofTheHandler(trial, this);
  }
}
