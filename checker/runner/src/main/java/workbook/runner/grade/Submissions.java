package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import workbook.checker.WorkbookModule;
import workbook.checker.card.Hints;

/**
 * Finds what was handed in: a whole clone, the folder of an exercise, or a bare {@code src/main};
 * or a folder of many, each in a folder of its own. Follows no links, and takes nothing but Java
 * files of the module's package.
 */
final class Submissions {

  private static final int MOST_FILES = 200;
  private static final int MOST_BYTES = 2_000_000;

  private final Map<WorkbookModule, Exercise> exercises = new EnumMap<>(WorkbookModule.class);
  private final Optional<WorkbookModule> wanted;

  Submissions(Path root, Optional<WorkbookModule> wanted) throws IOException {
    this.wanted = wanted;
    for (var module : WorkbookModule.values()) {
      exercises.put(module, Exercise.of(root, module));
    }
  }

  Exercise exercise(WorkbookModule module) {
    return Objects.requireNonNull(exercises.get(module));
  }

  /** All that are in a folder, in the order of their names. */
  List<Submission> in(Path folder) throws IOException {
    if (isOne(folder)) {
      return List.of(read(folder));
    }
    try (var below = Files.list(folder)) {
      return below
          .filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
          .filter(each -> !name(each).startsWith("."))
          .sorted(Comparator.comparing(Submissions::name))
          .map(this::read)
          .toList();
    }
  }

  private static String name(Path folder) {
    var name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "submission" : name.toString();
  }

  private boolean isOne(Path folder) {
    return isClone(folder) || sources(folder).isPresent();
  }

  private static boolean isClone(Path folder) {
    return Files.isDirectory(folder.resolve("exercises"));
  }

  /** Where the packages begin in the folder of an exercise, in its src or in its src/main. */
  private static Optional<Path> sources(Path folder) {
    return Stream.of("src/main/java", "main/java", "java", "")
        .map(folder::resolve)
        .filter(each -> Files.isDirectory(each.resolve("workbook"), LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }

  private Submission read(Path folder) {
    var name = name(folder);
    try {
      if (isClone(folder)) {
        return ofClone(name, folder);
      }
      var sources = sources(folder);
      if (sources.isEmpty()) {
        return Submission.unreadable(
            name,
            wanted,
            isEmpty(folder)
                ? "the folder is empty"
                : "it is no clone, no exercise and no src/main: nothing in it is called workbook");
      }
      var inside = modulesIn(sources.get());
      if (wanted.isPresent()) {
        inside.removeIf(module -> module != wanted.get());
      }
      return switch (inside.size()) {
        case 0 ->
            Submission.unreadable(
                name,
                wanted,
                "it has no file of " + wanted.map(WorkbookModule::folder).orElse("any module"));
        case 1 -> files(name, folder, sources.get(), inside.getFirst(), "");
        default -> Submission.unreadable(name, wanted, severalModules(inside));
      };
    } catch (AccessDeniedException e) {
      return Submission.unreadable(name, wanted, "it must not be read: " + e.getFile());
    } catch (IOException | UncheckedIOException e) {
      return Submission.unreadable(name, wanted, "it cannot be read: " + e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var below = Files.list(folder)) {
      return below.findAny().isEmpty();
    }
  }

  private static String severalModules(List<WorkbookModule> modules) {
    return "it has several modules, %s: say which with -Dmodule=%s"
        .formatted(
            String.join(", ", modules.stream().map(WorkbookModule::folder).toList()),
            modules.getFirst().folder());
  }

  private Submission ofClone(String name, Path folder) throws IOException {
    var changed = new ArrayList<WorkbookModule>();
    var read = new EnumMap<WorkbookModule, Submission>(WorkbookModule.class);
    for (var module : WorkbookModule.values()) {
      var sources = folder.resolve("exercises").resolve(module.folder()).resolve("src/main/java");
      if ((wanted.isEmpty() || wanted.get() == module) && Files.isDirectory(sources)) {
        var each = files(name, folder, sources, module, " of a whole clone");
        read.put(module, each);
        if (!each.learners().equals(exercise(module).skeletons()) || !each.problem().isEmpty()) {
          changed.add(module);
        }
      }
    }
    if (wanted.isPresent()) {
      return Optional.ofNullable(read.get(wanted.get()))
          .orElseGet(
              () ->
                  Submission.unreadable(
                      name, wanted, "it has no exercises/" + wanted.get().folder()));
    }
    return switch (changed.size()) {
      case 0 ->
          Submission.unreadable(
              name, wanted, "no exercise is begun: say which it is with -Dmodule=02-queue");
      case 1 -> Objects.requireNonNull(read.get(changed.getFirst()));
      default -> Submission.unreadable(name, wanted, severalModules(changed));
    };
  }

  private List<WorkbookModule> modulesIn(Path sources) {
    var modules = new ArrayList<WorkbookModule>();
    exercises.forEach(
        (module, exercise) -> {
          if (Files.isDirectory(sources.resolve(exercise.pack()))) {
            modules.add(module);
          }
        });
    return modules;
  }

  /** What leads to what somebody else has, on the way from a folder to one that is below it. */
  private static Optional<Path> linkIn(Path folder, Path below) throws IOException {
    var at = folder;
    for (var part : folder.relativize(below)) {
      at = at.resolve(part);
      var what = Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (what.isSymbolicLink() || what.isOther()) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /** Takes the learner's files, and says what else there is. */
  private Submission files(String name, Path folder, Path sources, WorkbookModule module, String of)
      throws IOException {
    var exercise = exercise(module);
    var link = linkIn(folder, sources.resolve(exercise.pack()));
    if (link.isPresent()) {
      return Submission.unreadable(
          name, Optional.of(module), folder.relativize(link.get()) + " is a link");
    }
    var took = folder.relativize(sources).toString().replace('\\', '/');
    var left = new TreeSet<String>();
    var learners = new TreeMap<>(exercise.skeletons());
    var missing = new TreeSet<>(exercise.skeletons().keySet());
    var problems = new ArrayList<String>();
    var refused = new ArrayList<String>();
    long bytes = 0;
    for (var file : filesIn(sources)) {
      var path = sources.relativize(file).toString().replace('\\', '/');
      var simple = file.getFileName().toString();
      if (!path.endsWith(".java")) {
        left.add(path);
      } else if (!path.equals(exercise.pack() + "/" + simple)) {
        refused.add(path + " is not in the package " + exercise.packageName());
      } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        problems.add(path + " is a link");
      } else if (exercise.taken().contains(simple)) {
        refused.add(path + " has the name of a test of the checker");
      } else if (isGiven(exercise, simple)) {
        refused.add(path + " stands in the place of what is given");
      } else if (!exercise.given().containsKey(simple)) {
        bytes += Files.size(file);
        if (bytes > MOST_BYTES || learners.size() >= MOST_FILES) {
          problems.add("it is larger than any solution: more than 200 files, or than 2 MB");
          break;
        }
        try {
          learners.put(simple, decoded(Files.readAllBytes(file)));
          missing.remove(simple);
        } catch (CharacterCodingException e) {
          problems.add(path + " is not UTF-8");
        }
      }
    }
    var words = new StringBuilder((took.isEmpty() ? "." : took) + of);
    if (!missing.isEmpty()) {
      words.append("; not begun, since missing: ").append(String.join(", ", missing));
    }
    if (!left.isEmpty()) {
      words.append("; not taken: ").append(String.join(", ", left));
    }
    var all = Stream.concat(refused.stream(), problems.stream()).toList();
    return new Submission(
        name,
        words.toString(),
        module,
        Map.copyOf(learners),
        hints(sources),
        String.join("; ", all),
        !refused.isEmpty());
  }

  /** What the folder of an exercise keeps beside its sources. */
  private static Map<Integer, Integer> hints(Path sources) throws IOException {
    var exercise = sources.resolve("../../..").normalize(); // of src/main/java
    var kept = exercise.resolve("target/hints.properties");
    return sources.endsWith("src/main/java")
            && Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS)
            && linkIn(exercise, kept).isEmpty()
            && Files.size(kept) < MOST_BYTES
        ? Hints.usedIn(kept)
        : Map.of();
  }

  /** Whether the checker or the given runtime has a class of this name in the same package. */
  private static boolean isGiven(Exercise exercise, String simple) {
    var type = exercise.pack() + "/" + simple.replaceFirst("\\.java$", ".class");
    return !simple.equals("package-info.java")
        && Submissions.class.getClassLoader().getResource(type) != null;
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      var all =
          files
              .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
              .limit(10L * MOST_FILES)
              .toList();
      if (all.size() == 10 * MOST_FILES) {
        throw new IOException("it has more than %d files".formatted(all.size() - 1));
      }
      return all.stream().sorted().toList();
    }
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
