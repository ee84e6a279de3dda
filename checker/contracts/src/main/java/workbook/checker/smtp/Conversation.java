package workbook.checker.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import workbook.checker.smtp.SmtpServer.Login;

/** One connection to an {@link SmtpServer}, from the greeting to its end. */
final class Conversation {

  private static final int DRIP_MILLIS = 5;

  private final SmtpServer server;
  private final Socket connection;
  private volatile Socket socket;
  private InputStream in; // the rest is used by the conversation's own thread
  private boolean rejected;
  private boolean greeted;
  private Optional<String> user = Optional.empty();
  private String from = "";
  private final List<String> to = new ArrayList<>();

  /** Ends a conversation in which nothing more is to be said. */
  private static final class Over extends IOException {

    private static final long serialVersionUID = 1L;
  }

  Conversation(SmtpServer server, Socket connection) throws IOException {
    this.server = server;
    this.connection = connection;
    connection.setTcpNoDelay(true);
    socket = connection;
    in = new BufferedInputStream(connection.getInputStream());
  }

  void run() {
    try (connection) {
      rejected = !reply(At.GREETING, "");
      while (command(line())) {
        // goes on until QUIT
      }
    } catch (Over e) {
      // as it was told
    } catch (IOException e) {
      server.said("(the client has closed the connection)");
    }
  }

  void close() {
    try {
      connection.close();
    } catch (IOException e) {
      // it is closed as far as it can be
    }
  }

  private boolean encrypted() {
    return socket instanceof SSLSocket;
  }

  private boolean command(String line) throws IOException {
    var words = line.split(" ");
    var verb = words[0].toUpperCase(Locale.ROOT);
    if (!verb.equals("AUTH")) {
      server.said("C: " + line);
    }
    switch (rejected && !verb.equals("QUIT") ? "" : verb) {
      case "EHLO" -> ehlo(line);
      case "HELO" -> greeted = reply(At.EHLO, line);
      case "STARTTLS" -> startTls(line);
      case "AUTH" -> auth(words);
      case "MAIL" -> mail(line);
      case "RCPT" -> rcpt(line);
      case "DATA" -> data(line);
      case "RSET" -> {
        forget();
        say("250 2.0.0 forgotten");
      }
      case "NOOP" -> say("250 2.0.0 ok");
      case "QUIT" -> {
        server.quit();
        reply(At.QUIT, line);
        return false;
      }
      default -> say(rejected ? "503 5.5.1 only QUIT is left" : "500 5.5.1 unknown command");
    }
    return true;
  }

  private void ehlo(String line) throws IOException {
    var extensions = new ArrayList<String>();
    if (server.certificate() != null && !encrypted()) {
      extensions.add("STARTTLS");
    }
    if (server.login().isPresent() && (encrypted() || server.login().get().alsoInTheOpen())) {
      extensions.add("AUTH PLAIN LOGIN");
    }
    greeted = reply(At.EHLO, line, extensions);
  }

  private void startTls(String line) throws IOException {
    var certificate = server.certificate();
    if (certificate == null || encrypted()) {
      say("502 5.5.1 not offered");
    } else if (reply(At.STARTTLS, line)) {
      var factory = certificate.shown().getSocketFactory();
      var tls = (SSLSocket) factory.createSocket(connection, null, connection.getPort(), false);
      tls.setUseClientMode(false);
      try {
        tls.startHandshake();
      } catch (IOException e) {
        server.said("(no TLS: the handshake has failed)");
        throw new Over();
      }
      server.said("(TLS begins)");
      socket = tls;
      in = new BufferedInputStream(tls.getInputStream());
      greeted = false;
    }
  }

  private void auth(String[] words) throws IOException {
    var mechanism = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "none";
    server.said("C: AUTH " + mechanism + (words.length > 2 ? " ****" : ""));
    if (server.login().isEmpty()) {
      say("502 5.5.1 not offered");
      return;
    }
    var initial = words.length > 2 ? Optional.of(words[2]) : Optional.<String>empty();
    Login given;
    if (mechanism.equals("PLAIN")) {
      var parts = decoded(initial.isPresent() ? initial.get() : ask("334 ")).split("\0", -1);
      given = new Login(parts.length > 1 ? parts[1] : "", parts[parts.length - 1], false);
    } else if (mechanism.equals("LOGIN")) {
      var name = decoded(initial.isPresent() ? initial.get() : ask("334 VXNlcm5hbWU6"));
      given = new Login(name, decoded(ask("334 UGFzc3dvcmQ6")), false);
    } else {
      say("504 5.5.4 offered are PLAIN and LOGIN");
      return;
    }
    server.gotPassword(encrypted());
    var wanted = server.login().get();
    if (!given.user().equals(wanted.user()) || !given.password().equals(wanted.password())) {
      say("535 5.7.8 user or password is wrong");
    } else if (reply(At.AUTH, "")) {
      user = Optional.of(given.user());
    }
  }

  private String ask(String prompt) throws IOException {
    say(prompt);
    var line = line();
    server.said("C: ****");
    return line;
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private void mail(String line) throws IOException {
    if (!greeted) {
      say("503 5.5.1 say EHLO first");
    } else if (server.login().isPresent() && user.isEmpty()) {
      say("530 5.7.0 log in first");
    } else if (reply(At.MAIL, line)) {
      forget();
      from = address(line);
    }
  }

  private void rcpt(String line) throws IOException {
    if (from.isEmpty()) {
      say("503 5.5.1 say MAIL first");
    } else if (reply(At.RCPT, line)) {
      to.add(address(line));
    }
  }

  private static String address(String line) {
    int open = line.indexOf('<');
    int close = line.indexOf('>', open);
    return open < 0 || close < 0 ? line : line.substring(open + 1, close);
  }

  private void data(String line) throws IOException {
    if (to.isEmpty()) {
      say("554 5.5.1 nobody to send it to");
      return;
    }
    if (!reply(At.DATA, line)) {
      return;
    }
    var fault = server.fault(At.TEXT, "");
    if (fault.isPresent()) {
      in.read();
      misbehave(At.TEXT, fault.get());
    }
    var data = text();
    server.said("C: (the mail, and a dot)");
    var dot = server.fault(At.DOT, "");
    if (!(dot.orElse(null) instanceof Fault.Reply(var reply)) || reply.startsWith("2")) {
      server.take(new Mail(from, List.copyOf(to), data, encrypted(), user));
    }
    forget();
    answer(At.DOT, dot, List.of());
  }

  private byte[] text() throws IOException {
    var text = new ByteArrayOutputStream();
    for (var line = bytes(); !(line.length == 1 && line[0] == '.'); line = bytes()) {
      boolean stuffed = line.length > 0 && line[0] == '.';
      text.write(line, stuffed ? 1 : 0, line.length - (stuffed ? 1 : 0));
      text.writeBytes(new byte[] {'\r', '\n'});
    }
    return text.toByteArray();
  }

  private void forget() {
    from = "";
    to.clear();
  }

  private boolean reply(At moment, String line) throws IOException {
    return reply(moment, line, List.of());
  }

  private boolean reply(At moment, String line, List<String> more) throws IOException {
    return answer(moment, server.fault(moment, line), more);
  }

  private boolean answer(At moment, Optional<Fault> fault, List<String> more) throws IOException {
    if (fault.isPresent()) {
      return misbehave(moment, fault.get());
    }
    var lines = new ArrayList<String>();
    if (server.wordy()) {
      lines.addAll(List.of(moment.code + " this is not the last line", moment.code + " nor this"));
    }
    lines.add(moment.reply);
    more.forEach(extension -> lines.add(moment.code + " " + extension));
    say(lines.toArray(String[]::new));
    return true;
  }

  /** Does something in place of a reply, and never says yes. */
  private boolean misbehave(At moment, Fault fault) throws IOException {
    switch (fault) {
      case Fault.Reply(var line) -> {
        say(line);
        return false;
      }
      case Fault.Stall() -> {
        server.said("S: (says nothing)");
        if (moment == At.TEXT) {
          pause(Integer.MAX_VALUE);
        }
        waitForTheEnd();
      }
      case Fault.Drip() -> {
        server.said("S: " + moment.code + "-... (a byte now and then, without an end)");
        drip(moment.code + "-");
      }
      case Fault.Drop() -> server.said("S: (closes the connection)");
    }
    throw new Over();
  }

  private void waitForTheEnd() throws IOException {
    while (in.read() >= 0) {
      // whatever the client says, there is no answer
    }
    throw new Over();
  }

  private void drip(String beginning) throws IOException {
    for (int n = 0; !connection.isClosed(); n++) {
      socket.getOutputStream().write(n < beginning.length() ? beginning.charAt(n) : '.');
      socket.getOutputStream().flush();
      pause(DRIP_MILLIS);
    }
  }

  private void pause(int millis) throws IOException {
    try {
      for (int passed = 0; passed < millis && !connection.isClosed(); passed += DRIP_MILLIS) {
        TimeUnit.MILLISECONDS.sleep(DRIP_MILLIS);
      }
    } catch (InterruptedException e) {
      throw new Over();
    }
  }

  private void say(String... lines) throws IOException {
    var text = new StringBuilder();
    for (int n = 0; n < lines.length; n++) {
      boolean last = n == lines.length - 1;
      text.append(last ? lines[n] : lines[n].replaceFirst(" ", "-")).append("\r\n");
    }
    server.said("S: " + String.join(", ", lines));
    socket.getOutputStream().write(text.toString().getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private String line() throws IOException {
    return new String(bytes(), ISO_8859_1);
  }

  /** A line without its end, which is CR LF and nothing else. */
  private byte[] bytes() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(), before = 0; !(c == '\n' && before == '\r'); before = c, c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.write(c);
    }
    var bytes = line.toByteArray();
    return Arrays.copyOf(bytes, bytes.length - 1);
  }
}
