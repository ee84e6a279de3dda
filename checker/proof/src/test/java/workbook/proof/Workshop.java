package workbook.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

/**
 * The sources of an exercise or a solution, to be changed and compiled in memory. A value: a change
 * gives another one.
 *
 * @param folder where they come from; its resources are seen by the compiled classes
 * @param texts file name to text; the name begins at the folder, with forward slashes
 */
record Workshop(Path folder, Map<String, String> texts) {

  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
  private static final StandardJavaFileManager FILES =
      JAVAC.getStandardFileManager(null, Locale.ROOT, UTF_8);
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Map<Path, Unchanged> UNCHANGED = new ConcurrentHashMap<>();

  /** The class path of this JVM; surefire hides it behind a jar that has only a manifest. */
  static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  Workshop {
    texts = Map.copyOf(texts);
  }

  /** The sources below a folder such as {@code solutions/01-timed}. */
  static Workshop of(String name) {
    return in(Workbook.ROOT.resolve(name));
  }

  private static Workshop in(Path folder) {
    var texts = new HashMap<String, String>();
    for (var file : Workbook.filesIn(folder.resolve("src"))) {
      if (file.toString().endsWith(".java")) {
        texts.put(folder.relativize(file).toString().replace('\\', '/'), Workbook.read(file));
      }
    }
    if (texts.isEmpty()) {
      throw new AssertionError("no Java file in " + folder.resolve("src"));
    }
    return new Workshop(folder, texts);
  }

  /** The same with one place of one file replaced. */
  Workshop with(Patch patch) {
    var file = path(patch.file());
    var text = Objects.requireNonNull(texts.get(file), file);
    int found = text.split(java.util.regex.Pattern.quote(patch.find()), -1).length - 1;
    if (found != 1) {
      throw new AssertionError(
          "%s must contain this once, but does %d times:%n%s".formatted(file, found, patch.find()));
    }
    return withFile(file, text.replace(patch.find(), patch.replace()));
  }

  /** The same with several places replaced. */
  Workshop with(List<Patch> patches) {
    var changed = this;
    for (var patch : patches) {
      changed = changed.with(patch);
    }
    return changed;
  }

  /** The same with a file added or replaced. */
  Workshop withFile(String file, String text) {
    var changed = new HashMap<>(texts);
    changed.put(file, text);
    return new Workshop(folder, changed);
  }

  /** The path of the file with this name. */
  private String path(String name) {
    var paths = texts.keySet().stream().filter(p -> p.endsWith("/" + name)).toList();
    if (paths.size() != 1) {
      throw new AssertionError(folder + " must contain one " + name + ", but has " + paths);
    }
    return paths.getFirst();
  }

  /** Compiles, and gives the classes in a loader of their own. */
  Classes compile() {
    var unchanged = UNCHANGED.computeIfAbsent(folder, _ -> Unchanged.of(folder));
    var changed = new TreeMap<>(texts);
    changed.entrySet().removeIf(file -> file.getValue().equals(unchanged.texts.get(file.getKey())));
    var bytes = new TreeMap<>(unchanged.bytes);
    bytes.putAll(compile(folder, changed, unchanged.classes + File.pathSeparator + CLASS_PATH));
    return new Classes(folder, bytes);
  }

  private static Map<String, byte[]> compile(
      Path folder, Map<String, String> texts, String classPath) {
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

  /**
   * A folder as it is, compiled once: what is changed is then compiled against it, which saves most
   * of the time.
   */
  private record Unchanged(Map<String, String> texts, Map<String, byte[]> bytes, Path classes) {

    static Unchanged of(Path folder) {
      var texts = Workshop.in(folder).texts;
      var bytes = compile(folder, texts, CLASS_PATH);
      return new Unchanged(texts, bytes, inFolder(bytes));
    }
  }

  /** Writes class files to a temporary folder that goes with the JVM. */
  private static Path inFolder(Map<String, byte[]> bytes) {
    try {
      var classes = Files.createTempDirectory("workshop");
      for (var type : bytes.entrySet()) {
        var file = classes.resolve(type.getKey().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, type.getValue());
      }
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> delete(classes)));
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // It is a temporary folder: the system removes what is left.
    }
  }

  /**
   * One place in one file, and what stands there instead.
   *
   * @param file the file's simple name
   * @param find occurs once in the file
   * @param replace the new text
   */
  record Patch(String file, String find, String replace) {}

  /** A source held in memory. */
  private static final class Source extends SimpleJavaFileObject {

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

  /**
   * Compiled classes. Their code source is their own, and their class files can be read as
   * resources, as if they came from a folder.
   */
  static final class Classes extends SecureClassLoader {

    private final Path folder;
    private final Map<String, byte[]> bytes;
    private final CodeSource origin;
    private @Nullable Path written;

    private Classes(Path folder, Map<String, byte[]> bytes) {
      super(Classes.class.getClassLoader());
      this.folder = folder;
      this.bytes = bytes;
      this.origin =
          new CodeSource(
              url(COUNT.incrementAndGet() + "/" + folder.getFileName() + "/", new byte[0]),
              (Certificate[]) null);
    }

    /** The test class with this simple name. */
    Class<?> test(String simpleName) {
      var names = bytes.keySet().stream().filter(n -> n.endsWith("." + simpleName)).toList();
      if (names.size() != 1) {
        throw new AssertionError(folder + " must have one class " + simpleName + ": " + names);
      }
      return load(names.getFirst());
    }

    /** All test classes. */
    List<Class<?>> tests() {
      return all().stream().filter(type -> type.getName().endsWith("Test")).toList();
    }

    /** All classes. */
    List<Class<?>> all() {
      var all = new ArrayList<Class<?>>();
      bytes.keySet().forEach(name -> all.add(load(name)));
      return all;
    }

    private Class<?> load(String name) {
      try {
        return loadClass(name);
      } catch (ClassNotFoundException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      var found = bytes.get(name);
      if (found == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, found, 0, found.length, origin);
    }

    @Override
    protected @Nullable URL findResource(String name) {
      var found = bytes.get(name.replaceAll("\\.class$", "").replace('/', '.'));
      if (name.endsWith(".class") && found != null) {
        return url(name, found);
      }
      for (var resources : List.of("src/main/resources", "src/test/resources")) {
        var file = folder.resolve(resources).resolve(name);
        if (Files.isRegularFile(file)) {
          try {
            return file.toUri().toURL();
          } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
      return null;
    }

    /** The root as a folder on the disk, for a child JVM. */
    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
      if (!name.isEmpty()) {
        return super.findResources(name);
      }
      if (written == null) {
        written = inFolder(bytes);
      }
      return Collections.enumeration(List.of(written.toUri().toURL()));
    }

    private static URL url(String path, byte[] content) {
      try {
        return URL.of(URI.create("memory:/" + path), new InMemory(content));
      } catch (MalformedURLException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Opens a URL whose content is at hand. */
  private static final class InMemory extends URLStreamHandler {

    private final byte[] content;

    InMemory(byte[] content) {
      this.content = content;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          // There is nothing to connect to.
        }

        @Override
        public InputStream getInputStream() throws IOException {
          return new ByteArrayInputStream(content);
        }
      };
    }
  }
}
