package workbook.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles sources that are held in memory to class files that are. */
final class InMemoryCompiler {

  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
  private static final StandardJavaFileManager FILES =
      JAVAC.getStandardFileManager(null, Locale.ROOT, UTF_8);

  private InMemoryCompiler() {}

  /**
   * Compiles.
   *
   * @param folder where the sources come from
   * @param texts path to text
   * @param classPath what they are compiled against
   * @return name of a class to its file's content
   */
  static Map<String, byte[]> compile(Path folder, Map<String, String> texts, String classPath) {
    if (texts.isEmpty()) {
      return Map.of();
    }
    var problems = new DiagnosticCollector<JavaFileObject>();
    var memory = new Memory(FILES);
    var sources = texts.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
    var options = List.of("-proc:none", "-parameters", "-Xlint:none", "-classpath", classPath);
    if (!JAVAC.getTask(null, memory, problems, options, null, sources).call()) {
      throw new AssertionError(
          problems.getDiagnostics().stream()
              .map(d -> d.toString())
              .collect(Collectors.joining("\n", folder + " does not compile:\n", "")));
    }
    return memory.written();
  }

  /** A source held in memory. */
  static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String path, String text) {
      super(URI.create("memory:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps class files instead of writing them. */
  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

    Memory(JavaFileManager files) {
      super(files);
    }

    Map<String, byte[]> written() {
      var written = new TreeMap<String, byte[]>();
      classes.forEach((name, bytes) -> written.put(name, bytes.toByteArray()));
      return written;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/')), kind) {
        @Override
        public OutputStream openOutputStream() {
          var bytes = new ByteArrayOutputStream();
          classes.put(name, bytes);
          return bytes;
        }
      };
    }
  }
}
