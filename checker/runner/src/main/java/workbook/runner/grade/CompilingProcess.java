package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import workbook.runner.Compiled;

/**
 * The compiler, in a JVM of its own that is warm after the first submission. Code can make javac
 * compute for hours, or use up its memory: then the process is ended, and the next submission gets
 * another.
 *
 * <p><b>Threads.</b> Each is used from one thread at a time.
 */
final class CompilingProcess implements AutoCloseable {

  /** javac needs a second; what takes it this long is made to. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** javac needs a third of it. */
  private static final String MEMORY = "-Xmx384m";

  private final Duration longest;
  private final Process process;
  private final DataOutputStream questions;
  private final DataInputStream answers;

  /** Starts one. */
  CompilingProcess() throws IOException {
    this(LONGEST, MEMORY);
  }

  /**
   * Starts one.
   *
   * @param longest how long an answer is waited for
   * @param memory how much of it the JVM may have, as its option says it
   */
  CompilingProcess(Duration longest, String memory) throws IOException {
    this.longest = longest;
    var options = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", memory);
    process = ClosedProcess.java(options, CompilingWorker.class).start();
    ClosedProcess.drop(process.getErrorStream());
    questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
  }

  /** It gave no answer in time. */
  static final class TookTooLong extends Exception {
    private static final long serialVersionUID = 1;

    TookTooLong(Duration longest) {
      super("the compiler was not done after " + longest.toSeconds() + " s");
    }
  }

  /**
   * Compiles.
   *
   * @param release the release of Java that is compiled for
   * @param folder where the files are said to be
   * @param texts path from there to text
   * @throws TookTooLong if javac is not done in time; this process is of no use then
   * @throws IOException if it has ended; this process is of no use then
   */
  Compiled compile(int release, Path folder, Map<String, String> texts)
      throws TookTooLong, IOException, InterruptedException {
    var answer =
        new FutureTask<>(
            () -> {
              ask(release, folder, texts);
              return answer();
            });
    Thread.ofVirtual().name("compilation").start(answer);
    try {
      return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TookTooLong(longest);
    } catch (ExecutionException e) {
      throw new IOException("the compiler gave up", e.getCause());
    }
  }

  private void ask(int release, Path folder, Map<String, String> texts) throws IOException {
    questions.writeInt(release);
    questions.writeUTF(folder.toString());
    questions.writeInt(texts.size());
    for (var text : texts.entrySet()) {
      questions.writeUTF(text.getKey());
      write(questions, text.getValue().getBytes(UTF_8));
    }
    questions.flush();
  }

  private Compiled answer() throws IOException {
    var errors = new String(read(answers), UTF_8);
    var classes = new TreeMap<String, byte[]>();
    for (int n = answers.readInt(); n > 0; n--) {
      classes.put(answers.readUTF(), read(answers));
    }
    return new Compiled(classes, errors);
  }

  static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] read(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }

  /** Ends the process, whatever it does. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
