package workbook.proof;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Compiled classes. Their code source is their own, and their class files can be read as resources,
 * as if they came from a folder.
 */
final class CompiledClasses extends SecureClassLoader {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path folder;
  private final Map<String, byte[]> bytes;
  private final CodeSource origin;
  private @Nullable Path written;

  CompiledClasses(Path folder, Map<String, byte[]> bytes) {
    super(CompiledClasses.class.getClassLoader());
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

  /** Writes class files to a temporary folder that goes with the JVM. */
  static Path inFolder(Map<String, byte[]> bytes) {
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
