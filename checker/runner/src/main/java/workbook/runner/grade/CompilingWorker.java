package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import workbook.runner.Compiled;
import workbook.runner.Compiler;

/** The other end of {@link CompilingProcess}: compiles what comes in until nothing more does. */
final class CompilingWorker {

  /** A line of what javac says when it has no memory left. */
  private static final String WORN_OUT = "\njava.lang.OutOfMemoryError";

  private CompilingWorker() {}

  static void main() throws IOException {
    var in = new DataInputStream(new BufferedInputStream(System.in));
    var out = new DataOutputStream(new BufferedOutputStream(System.out));
    System.setOut(System.err); // the answers are the only thing on it
    var compilers = new HashMap<Path, Compiler>(); // which have the class path open
    try {
      while (true) {
        int release = in.readInt();
        var folder = Path.of(in.readUTF());
        var compiler = compilers.computeIfAbsent(folder, _ -> new Compiler(release, folder));
        var compiled = compiler.compile(texts(in, folder));
        if (compiled.errors().contains(WORN_OUT)) {
          return; // it may be the fault of those before: a fresh one is asked
        }
        answer(compiled, out);
      }
    } catch (EOFException e) {
      // the grader has ended
    }
  }

  private static Map<Path, String> texts(DataInputStream in, Path folder) throws IOException {
    var texts = new TreeMap<Path, String>();
    for (int n = in.readInt(); n > 0; n--) {
      texts.put(folder.resolve(in.readUTF()), new String(CompilingProcess.read(in), UTF_8));
    }
    return texts;
  }

  private static void answer(Compiled compiled, DataOutputStream out) throws IOException {
    CompilingProcess.write(out, compiled.errors().getBytes(UTF_8));
    out.writeInt(compiled.classes().size());
    for (var type : compiled.classes().entrySet()) {
      out.writeUTF(type.getKey());
      CompilingProcess.write(out, type.getValue());
    }
    out.flush();
  }
}
