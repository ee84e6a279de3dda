package workbook.contracts.shared;

import java.util.Set;
import workbook.checker.Trial;

/**
 * Whoever turns letters into bytes, or bytes into letters, without a charset leaves the choice to
 * the JVM that it happens to run in. A test runs in one JVM, so this is read from the class files.
 */
public final class DefaultCharset {

  private static final Set<String> CALLS =
      Set.of(
          "java/lang/String.getBytes()[B",
          "java/lang/String.<init>([B)V",
          "java/lang/String.<init>([BII)V",
          "java/io/ByteArrayOutputStream.toString()Ljava/lang/String;",
          "java/io/InputStreamReader.<init>(Ljava/io/InputStream;)V",
          "java/io/OutputStreamWriter.<init>(Ljava/io/OutputStream;)V",
          "java/io/PrintStream.<init>(Ljava/io/OutputStream;)V",
          "java/io/PrintStream.<init>(Ljava/io/OutputStream;Z)V",
          "java/io/PrintWriter.<init>(Ljava/io/OutputStream;)V",
          "java/io/PrintWriter.<init>(Ljava/io/OutputStream;Z)V",
          "java/util/Scanner.<init>(Ljava/io/InputStream;)V",
          "java/nio/charset/Charset.defaultCharset()Ljava/nio/charset/Charset;");

  private DefaultCharset() {}

  /**
   * Expects that the learner's classes name a charset wherever one is needed.
   *
   * @param trial the trial
   * @param test the learner's test class
   */
  public static void expectNone(Trial trial, Class<?> test) {
    trial.expectNotWritten("a charset is named wherever text becomes bytes", test, CALLS);
  }
}
