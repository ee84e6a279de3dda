package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a submission of a module may use: the file that is named after it, beside this class. A line
 * of it is one of these:
 *
 * <pre>
 * include common          what another file allows, too
 * java.util.*             the types of a package, but not of those below it
 * java.net.URI            a type
 * java.lang.System: out   of a type these members only
 * - java.lang.Runtime     a type is taken out again
 * - java.lang.Thread: x   of a type these members are taken out, also where they are inherited
 * # a comment
 * </pre>
 */
final class Allowed {

  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("equals", "hashCode", "toString", "getClass", "wait", "notify", "notifyAll");

  private final String file;
  private final Set<String> packages = new HashSet<>();
  private final Set<String> types = new HashSet<>();
  private final Map<String, Set<String>> only = new HashMap<>();
  private final Set<String> notTypes = new HashSet<>();
  private final Map<String, Set<String>> notMembers = new HashMap<>();

  private Allowed(String file) {
    this.file = file;
    read(file);
  }

  /** What a submission of a module may use, by the module's folder, such as {@code 02-queue}. */
  static Allowed in(String module) {
    return new Allowed(module);
  }

  /** Where the list stands, for who asks why something is refused. */
  String where() {
    return "checker/runner/src/main/resources/workbook/runner/grade/" + file + ".txt";
  }

  private void read(String name) {
    int number = 0;
    for (var each : lines(name)) {
      number++;
      var line = each.replaceFirst("#.*", "").strip();
      if (line.startsWith("include ")) {
        read(line.substring("include ".length()).strip());
      } else if (!line.isEmpty()) {
        if (!line.matches("(- )?[\\w.$]+(\\.\\*|: [\\w<> ]+)?")) {
          throw new IllegalStateException(
              "%s.txt:%d cannot be read: %s".formatted(name, number, each));
        }
        add(line);
      }
    }
  }

  private void add(String line) {
    boolean not = line.startsWith("- ");
    var rest = not ? line.substring(2) : line;
    int colon = rest.indexOf(": ");
    var type = colon < 0 ? rest : rest.substring(0, colon);
    if (colon >= 0) {
      (not ? notMembers : only)
          .computeIfAbsent(type, _ -> new TreeSet<>())
          .addAll(List.of(rest.substring(colon + 2).split(" ")));
    } else if (not) {
      notTypes.add(type);
    } else if (type.endsWith(".*")) {
      packages.add(type.substring(0, type.length() - 2));
    } else {
      types.add(type);
    }
  }

  private static List<String> lines(String name) {
    try (InputStream in = Allowed.class.getResourceAsStream(name + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("there is no list " + name + ".txt");
      }
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException("the list " + name + ".txt cannot be read", e);
    }
  }

  /** Whether a type may be named, by its binary name. A nested type is as its outermost is. */
  boolean type(String name) {
    if (only.containsKey(name) || types.contains(name)) {
      return true;
    }
    var outermost = name.replaceFirst("\\$.*", "");
    if (notTypes.contains(name) || notTypes.contains(outermost)) {
      return false;
    }
    int dot = outermost.lastIndexOf('.');
    return types.contains(outermost)
        || only.containsKey(outermost)
        || packages.contains(outermost.substring(0, Math.max(0, dot)));
  }

  /** Whether a member may be used that is called on a type, or inherited from it. */
  boolean member(String type, String name) {
    if (notTypes.contains(type) || notMembers.getOrDefault(type, Set.of()).contains(name)) {
      return false;
    }
    var these = only.get(type);
    return these == null || these.contains(name) || OF_EVERY_OBJECT.contains(name);
  }

  /** Whether not all members of a type may be used, also where they are inherited. */
  boolean isLimited(String type) {
    return only.containsKey(type) || notMembers.containsKey(type) || notTypes.contains(type);
  }
}
