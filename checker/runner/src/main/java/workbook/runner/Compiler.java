package workbook.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
final class Compiler {

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
  Compiler(int release, Path module) {
    this.module = module;
    options.addAll(List.of("-g", "-parameters", "-proc:none", "-Xlint:none"));
    options.addAll(List.of("-classpath", WorkerProcess.classPath(module)));
    if (release != Runtime.version().feature()) { // it takes longer
      options.addAll(List.of("--release", String.valueOf(release)));
    }
  }

  /**
   * What came of it.
   *
   * @param classes name to class file; empty if there were errors
   * @param errors as javac says them, those of main code first; empty if there are none
   */
  record Result(Map<String, byte[]> classes, String errors) {

    /** Writes the class files, and removes what else is in the folder. */
    void writeTo(Path folder) throws IOException {
      var written = new HashSet<Path>();
      for (var entry : classes.entrySet()) {
        var file = folder.resolve(entry.getKey().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, entry.getValue());
        written.add(file);
      }
      for (var file : filesIn(folder)) {
        if (!written.contains(file)) {
          Files.delete(file);
        }
      }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
      try (Stream<Path> all = Files.walk(folder)) {
        return all.filter(Files::isRegularFile).toList();
      }
    }

    /** The names of the test classes. */
    List<String> tests() {
      return classes.keySet().stream().filter(name -> name.endsWith("Test")).toList();
    }
  }

  /** Compiles sources. */
  Result compile(Sources sources) {
    if (sources.texts().isEmpty()) {
      return new Result(Map.of(), "");
    }
    var errors = new StringWriter();
    var memory = new Memory(files);
    // in the order of their paths: so main code comes first, and so do its errors
    var units =
        sources.texts().entrySet().stream()
            .map(e -> new Unit(e.getKey(), module.relativize(e.getKey()).toString(), e.getValue()));
    boolean done = javac.getTask(errors, memory, null, options, null, units.toList()).call();
    return done ? new Result(memory.written(), "") : new Result(Map.of(), errors.toString());
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
