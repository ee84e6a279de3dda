package workbook.proof.email;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Handlers of registrations that are wrong. */
public final class BrokenRegistrationHandlers {

  static final Table HANDLER = new Table(WorkbookModule.EMAIL, "RegistrationHandler");

  private static final String OK =
      "    Replies.json(exchange, 200, Map.of(\"status\", \"registered\"));\n";
  private static final String ENQUEUE =
      "    if (!queue.enqueue(message)) {\n      users.remove(mailbox.address());\n";
  private static final String MESSAGE =
      "EmailMessage.to(\n"
          + "            mailbox, \"Welcome!\", \"Hello \" + mailbox.name() + \",\\n"
          + "\\n"
          + "thank you for registering.\\n"
          + "\");";
  private static final String DOOR = "      Headers.mailbox(mailbox, \"email\");\n";
  private static final String LOG = "    log.info(\"{} accepted\", message);\n";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          HANDLER
              .broken("answers-first")
              .why("200 is sent before the queue is asked.")
              .change(ENQUEUE, OK + ENQUEUE)
              .change("    log.info(\"{} accepted\", message);\n" + OK, LOG)
              .fails("5.51", "5.55"),
          HANDLER
              .broken("registers-afterwards")
              .why("The user is registered when 200 has been sent.")
              .change("} else if (!users.add(form.email(), form.name())) {", "} else if (false) {")
              .change(
                  OK,
                  OK + "    exchange.close();\n    users.add(mailbox.address(), mailbox.name());\n")
              .fails("5.51", "5.56"),
          HANDLER
              .broken("nameless")
              .why("The mail is to the address alone.")
              .change("mailbox, \"Welcome!\"", "Mailbox.of(mailbox.address()), \"Welcome!\"")
              .fails("5.51"),
          HANDLER
              .broken("no-greeting")
              .why("The text does not name the user.")
              .change("\"Hello \" + mailbox.name() + \",", "\"Hello\" + \",")
              .fails("5.51"),
          HANDLER
              .broken("two-mails")
              .why("The mail is put into the queue twice.")
              .change(
                  "    if (!queue.enqueue(message)) {",
                  "    if (!queue.enqueue(message) || !queue.enqueue(message)) {")
              .fails("5.51", "5.52", "5.55", "5.56"),
          HANDLER
              .broken("one-message-id")
              .why("All mails have the same Message-ID.")
              .change(
                  MESSAGE,
                  "new EmailMessage(\"<welcome@workbook.example>\", java.util.List.of(mailbox),"
                      + " \"Welcome!\", \"Hello \" + mailbox.name());")
              .fails("5.52"),
          HANDLER
              .broken("first-mail-for-all")
              .why("The mail is kept in a field.")
              .change(
                  "    if (!queue.enqueue(message)) {",
                  "    if (first == null) {\n"
                      + "      first = message;\n"
                      + "    }\n"
                      + "    if (!queue.enqueue(first)) {")
              .change(
                  "  private final EmailQueue queue;",
                  "  private EmailMessage first;\n  private final EmailQueue queue;")
              .fails("5.52", "5.53"),
          HANDLER
              .broken("query-is-another-path")
              .why("The whole of the URI is taken for the path.")
              .change("getRequestURI().getPath().equals", "getRequestURI().toString().equals")
              .fails("5.52"),
          HANDLER
              .broken("address-in-lower-case")
              .why("The mail goes to another address than the one that was given.")
              .change(
                  "new Mailbox(form.name(), form.email());",
                  "new Mailbox(form.name(), form.email().toLowerCase(java.util.Locale.ROOT));")
              .fails("5.53"),
          HANDLER
              .broken("any-at-sign")
              .why("Whatever contains an @ is an address.")
              .change(
                  DOOR,
                  "      if (!mailbox.address().contains(\"@\")) {\n"
                      + "        throw new IllegalArgumentException();\n"
                      + "      }\n"
                      + "      Headers.text(mailbox.name(), \"name\");\n")
              .fails("5.53"),
          HANDLER
              .broken("address-lists")
              .why("The library's parser is asked, and it reads lists and names, too.")
              .change(
                  DOOR,
                  "      Headers.text(mailbox.name(), \"name\");\n"
                      + "      try {\n"
                      + "        jakarta.mail.internet.InternetAddress.parse(mailbox.address(),"
                      + " true);\n"
                      + "      } catch (jakarta.mail.internet.AddressException e) {\n"
                      + "        throw new IllegalArgumentException(e);\n"
                      + "      }\n")
              .fails("5.53"),
          HANDLER
              .broken("name-not-looked-at")
              .why("A line break in the name goes through.")
              .change(DOOR, "      Headers.mailbox(Mailbox.of(mailbox.address()), \"email\");\n")
              .fails("5.54"),
          HANDLER
              .broken("blank-name")
              .why("A blank name is taken.")
              .change("if (form.name().isBlank()) {", "if (form.name().isEmpty()) {")
              .fails("5.54"),
          HANDLER
              .broken("ascii-names")
              .why("Only names in ASCII are taken.")
              .change(
                  "if (form.name().isBlank()) {",
                  "if (form.name().isBlank() || form.name().chars().anyMatch(c -> c > 127)) {")
              .fails("5.51", "5.54"),
          HANDLER
              .broken("half-registered")
              .why("The user stays when the queue refuses the mail.")
              .change("      users.remove(mailbox.address());\n", "")
              .fails("5.55"),
          HANDLER
              .broken("result-ignored")
              .why("Nobody looks whether the queue has accepted the mail.")
              .change(
                  "    if (!queue.enqueue(message)) {",
                  "    queue.enqueue(message);\n    if (mailbox.address().isEmpty()) {")
              .fails("5.55"),
          HANDLER
              .broken("no-retry-after")
              .why("503 does not say when to come again.")
              .change(
                  "      exchange.getResponseHeaders().set(\"Retry-After\","
                      + " RETRY_AFTER_SECONDS);\n",
                  "")
              .fails("5.55"),
          HANDLER
              .broken("registered-twice")
              .why("Nobody looks whether the user was added.")
              .change(
                  "} else if (!users.add(form.email(), form.name())) {",
                  "} else if (!users.add(form.email(), form.name()) && form.name().isBlank()) {")
              .fails("5.56"),
          HANDLER
              .broken("removes-whom-it-did-not-add")
              .why("Somebody who was registered before is removed by a second try.")
              .change(
                  "      Replies.problem(exchange, 409,",
                  "      users.remove(form.email());\n      Replies.problem(exchange, 409,")
              .fails("5.56"),
          HANDLER
              .broken("any-path")
              .why("Every path that begins with /register registers.")
              .change(
                  "!exchange.getRequestURI().getPath().equals(\"/register\")",
                  "exchange.getRequestURI().getPath().isEmpty()")
              .fails("5.57"),
          HANDLER
              .broken("no-allow")
              .why("405 does not say which method is right.")
              .change("        exchange.getResponseHeaders().set(\"Allow\", \"POST\");\n", "")
              .fails("5.57"),
          HANDLER
              .broken("exchange-left-open")
              .why("The exchange is not closed.")
              .change("    try (exchange) {", "    if (exchange != null) {")
              .fails("5.52", "5.57"),
          HANDLER
              .broken("form-logged")
              .why("Who registers is logged.")
              .change(LOG, "    log.info(\"{} registers\", mailbox.name());\n")
              .fails("5.58"),
          HANDLER
              .broken("path-sent-back")
              .why("A 404 repeats the path.")
              .change(
                  "\"there is nothing here: POST a form to /register\"",
                  "\"there is nothing at \" + exchange.getRequestURI().getPath()")
              .fails("5.58"),
          HANDLER
              .broken("path-logged")
              .why("A 404 logs the path.")
              .change(
                  "        Replies.problem(exchange, 404,",
                  "        log.warn(\"nothing at {}\", exchange.getRequestURI());\n"
                      + "        Replies.problem(exchange, 404,")
              .fails("5.58"),
          HANDLER
              .broken("address-sent-back")
              .why("The problem repeats the address.")
              .change(
                  "\"this address is registered already\"",
                  "form.email() + \" is registered already\"")
              .fails("5.58"),
          HANDLER
              .broken("null-users")
              .why("Null is taken.")
              .change("Objects.requireNonNull(users, \"users\")", "users")
              .fails("5.59"));

  private BrokenRegistrationHandlers() {}
}
