package workbook.checker.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server on loopback that does at each command as it is told, and keeps what it got: the
 * mails, and every line that was said, with secrets masked. Made for the rules because no server in
 * a library can drip, withhold, or fall silent at any moment.
 *
 * <p><b>Threads.</b> It is told what to do before it is talked to; the rest may be called from any
 * thread.
 */
public final class SmtpServer implements AutoCloseable {

  /** Part of the name of its threads, by which the checker knows its own. */
  private static final String NAME = "the checker's own SMTP server";

  private static final int FEW_BYTES = 4_096;

  private final ServerSocket listener;
  private final Map<At, Fault> faults = new EnumMap<>(At.class);
  private volatile BiFunction<At, String, Optional<Fault>> script = (_, _) -> Optional.empty();
  private @Nullable Certificates certificate; // these three are set before it is talked to
  private Optional<Login> login = Optional.empty();
  private boolean wordy;

  private final List<String> transcript = new CopyOnWriteArrayList<>();
  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger quits = new AtomicInteger();
  private final AtomicBoolean passwordInTheOpen = new AtomicBoolean();

  /** Who may log in, and whether AUTH is offered before TLS as well. */
  record Login(String user, String password, boolean alsoInTheOpen) {}

  private SmtpServer(int receiveBuffer) {
    try {
      listener = new ServerSocket();
      if (receiveBuffer > 0) {
        listener.setReceiveBufferSize(receiveBuffer);
      }
      listener.bind(new InetSocketAddress(InetAddress.getByName("localhost"), 0));
    } catch (IOException e) {
      throw new UncheckedIOException("no port on localhost", e);
    }
    Thread.ofVirtual().name(NAME).start(this::accept);
  }

  /** A server that listens, and takes what it is sent. */
  public static SmtpServer start() {
    return new SmtpServer(0);
  }

  /** The same with so little room for what it has not read that a sender soon has to wait. */
  public static SmtpServer startNarrow() {
    return new SmtpServer(FEW_BYTES);
  }

  /** Tells it what to do at a moment, each time. */
  public SmtpServer at(At moment, Fault fault) {
    faults.put(moment, fault);
    return this;
  }

  /** Tells it what to do: from the moment and the client's line to a fault, or none. */
  public SmtpServer script(BiFunction<At, String, Optional<Fault>> script) {
    this.script = script;
    return this;
  }

  /** Offers STARTTLS. */
  public SmtpServer startTls(Certificates certificate) {
    this.certificate = certificate;
    return this;
  }

  /** Offers AUTH over TLS, and takes no mail without it. */
  public SmtpServer login(String user, String password) {
    login = Optional.of(new Login(user, password, false));
    return this;
  }

  /** Offers AUTH, before TLS as well, and takes no mail without it. */
  public SmtpServer loginInTheOpen(String user, String password) {
    login = Optional.of(new Login(user, password, true));
    return this;
  }

  /** Gives each reply in several lines, as RFC 5321 allows. */
  public SmtpServer inManyLines() {
    wordy = true;
    return this;
  }

  /** Its port on localhost. */
  public int port() {
    return listener.getLocalPort();
  }

  /** The mails that it has accepted, in order. */
  public List<Mail> mails() {
    return List.copyOf(mails);
  }

  /** What was said, in order: {@code C:} the client, {@code S:} the server. */
  public List<String> transcript() {
    return List.copyOf(transcript);
  }

  /** How many connections were made to it. */
  public int connections() {
    return connections.get();
  }

  /** How many connections are open, as far as it can see. */
  public int open() {
    return open.size();
  }

  /** How often QUIT was said. */
  public int quits() {
    return quits.get();
  }

  /** Whether a password has come over a connection that was not encrypted. */
  public boolean passwordInTheOpen() {
    return passwordInTheOpen.get();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.forEach(Conversation::close);
    }
  }

  Optional<Fault> fault(At moment, String line) {
    return script.apply(moment, line).or(() -> Optional.ofNullable(faults.get(moment)));
  }

  @Nullable Certificates certificate() {
    return certificate;
  }

  Optional<Login> login() {
    return login;
  }

  boolean wordy() {
    return wordy;
  }

  void said(String line) {
    transcript.add(line);
  }

  void take(Mail mail) {
    mails.add(mail);
  }

  void quit() {
    quits.incrementAndGet();
  }

  void gotPassword(boolean encrypted) {
    if (!encrypted) {
      passwordInTheOpen.set(true);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        if (connections.incrementAndGet() > 1) {
          said("(connection " + connections + ")");
        }
        var conversation = new Conversation(this, socket);
        open.add(conversation);
        Thread.ofVirtual()
            .name(NAME)
            .start(
                () -> {
                  conversation.run();
                  open.remove(conversation);
                });
      } catch (IOException e) {
        return; // closed
      }
    }
  }
}
