package workbook.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own compiler, which is fast once it is warm and has the class path open.
 *
 * <p><b>Threads.</b> To be used from one thread at a time.
 */
public final class Compiler {

  private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files = javac.getStandardFileManager(null, null, UTF_8);
  private final Path module;
  private final List<String> options = new ArrayList<>();

  /**
   * A compiler against the class path of this JVM.
   *
   * @param release the release of Java that is compiled for
   * @param module the folder of the sources: errors name a file as it is called from there
   */
  public Compiler(int release, Path module) {
    this.module = module;
    options.addAll(List.of("-g", "-parameters", "-proc:none", "-Xlint:none"));
    options.addAll(List.of("-classpath", WorkerProcess.classPath(module)));
    if (release != Runtime.version().feature()) { // it takes longer
      options.addAll(List.of("--release", String.valueOf(release)));
    }
  }

  /**
   * Compiles sources.
   *
   * @param texts file to text
   */
  public Compiled compile(Map<Path, String> texts) {
    if (texts.isEmpty()) {
      return new Compiled(Map.of(), "");
    }
    var errors = new StringWriter();
    var memory = new Memory(files);
    // in the order of their paths: so main code comes first, and so do its errors
    var units =
        new TreeMap<>(texts)
            .entrySet().stream()
                .map(
                    e ->
                        new Unit(
                            e.getKey(), module.relativize(e.getKey()).toString(), e.getValue()));
    boolean done = javac.getTask(errors, memory, null, options, null, units.toList()).call();
    return done ? new Compiled(memory.written(), "") : new Compiled(Map.of(), errors.toString());
  }

  /** A source as it was read. */
  private static final class Unit extends SimpleJavaFileObject {

    private final String name;
    private final String text;

    Unit(Path file, String name, String text) {
      super(file.toUri(), Kind.SOURCE);
      this.name = name;
      this.text = text;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps class files: what does not compile must not be there in parts. */
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

    @Override
    public void close() {} // the class path stays open
  }
}
