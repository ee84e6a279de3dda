package workbook.checker.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hints of a chapter, step by step, as a ladder: from a nudge to nearly the code. They are read
 * from the chapter itself. How far somebody has climbed is kept in {@code target/hints.properties}
 * of the module; where that cannot be written, it is forgotten with this object.
 *
 * <p><b>Threads.</b> To be used from one thread at a time.
 */
public final class Hints {

  private static final Pattern SUMMARY =
      Pattern.compile("<details><summary>Hint[^:]*: (.*)</summary>");

  /** A line of what is kept. */
  private static final Pattern KEPT = Pattern.compile("step-\\d=\\d{1,2}");

  private final @Nullable Path chapter;
  private final @Nullable Path kept;
  private final Properties used = new Properties();
  private @Nullable Hint asked;

  /**
   * One rung of the ladder.
   *
   * @param step the step that it belongs to
   * @param number its number, from 1
   * @param of how many the step has
   * @param title a few words
   * @param lines the text, as the chapter has it, without the marks of a fence
   */
  public record Hint(int step, int number, int of, String title, List<String> lines) {}

  private Hints(@Nullable Path chapter, @Nullable Path kept) {
    this.chapter = chapter;
    this.kept = kept;
    if (kept != null && Files.isReadable(kept)) {
      try (var in = Files.newBufferedReader(kept)) {
        used.load(in);
      } catch (IOException | IllegalArgumentException e) {
        used.clear(); // then the ladder begins at its foot
      }
    }
  }

  /** No hints: nobody knows where the chapter is. */
  public static Hints none() {
    return new Hints(null, null);
  }

  /**
   * The hints for the module of a card.
   *
   * @param root the folder of the workbook
   * @param card the card
   */
  public static Hints of(Path root, Card card) {
    return new Hints(
        root.resolve(card.module().chapter()),
        root.resolve(card.folder()).resolve("target").resolve("hints.properties"));
  }

  /**
   * The hints for the module of somebody else's card, which are not to be climbed.
   *
   * @param root the folder of the workbook
   * @param card the card
   * @param used how many hints of each step they have seen
   */
  public static Hints ofSomebody(Path root, Card card, Map<Integer, Integer> used) {
    var hints = new Hints(root.resolve(card.module().chapter()), null);
    used.forEach((step, count) -> hints.used.setProperty("step-" + step, String.valueOf(count)));
    return hints;
  }

  /**
   * How many hints of each step have been shown, as it is kept in a file; none if it is no such
   * file.
   */
  public static Map<Integer, Integer> usedIn(Path kept) {
    var used = new TreeMap<Integer, Integer>();
    new Hints(null, kept)
        .used.forEach(
            (key, count) -> {
              if (KEPT.matcher(key + "=" + count).matches()) {
                used.put(
                    Integer.valueOf(key.toString().substring("step-".length())),
                    Integer.valueOf(count.toString()));
              }
            });
    return used;
  }

  /** The hints of a step, in order; none where the chapter cannot be read. */
  public List<Hint> of(int step) {
    var titles = new ArrayList<String>();
    var texts = new ArrayList<List<String>>();
    boolean inStep = false;
    boolean inHint = false;
    for (var line : chapterLines()) {
      var summary = SUMMARY.matcher(line);
      if (line.startsWith("## ")) {
        inStep = line.matches("## Step " + step + "\\b.*");
      } else if (inStep && summary.matches()) {
        titles.add(summary.group(1));
        texts.add(new ArrayList<>());
        inHint = true;
      } else if (line.equals("</details>")) {
        inHint = false;
      } else if (inHint && !line.startsWith("```") && !line.startsWith("<!--")) {
        texts.getLast().add(line);
      }
    }
    var hints = new ArrayList<Hint>();
    for (int i = 0; i < titles.size(); i++) {
      hints.add(new Hint(step, i + 1, titles.size(), titles.get(i), trimmed(texts.get(i))));
    }
    return hints;
  }

  private List<String> chapterLines() {
    try {
      return chapter == null ? List.of() : Files.readAllLines(chapter);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<String> trimmed(List<String> lines) {
    int from = 0;
    int to = lines.size();
    while (from < to && lines.get(from).isBlank()) {
      from++;
    }
    while (to > from && lines.get(to - 1).isBlank()) {
      to--;
    }
    return List.copyOf(lines.subList(from, to));
  }

  /** How many hints of a step have been shown so far. */
  public int used(int step) {
    try {
      int count = Integer.parseInt(used.getProperty("step-" + step, "0").strip());
      return Math.clamp(count, 0, of(step).size());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Climbs one rung: gives the first hint of a step that has not been shown, or the last again. It
   * is on each card that is shown with these hints from now on.
   */
  public Optional<Hint> climb(int step) {
    var hints = of(step);
    if (hints.isEmpty()) {
      return Optional.empty();
    }
    var hint = hints.get(Math.min(used(step), hints.size() - 1));
    asked = hint;
    used.setProperty("step-" + step, String.valueOf(hint.number()));
    keep();
    return Optional.of(hint);
  }

  /** The hint that was asked for last, if it is one of this step. */
  Optional<Hint> asked(int step) {
    return Optional.ofNullable(asked).filter(hint -> hint.step() == step);
  }

  private void keep() {
    if (kept == null) {
      return;
    }
    try {
      Files.createDirectories(kept.getParent());
      try (var out = Files.newBufferedWriter(kept)) {
        used.store(out, "How many hints of each step have been shown");
      }
    } catch (IOException e) {
      // The hint is shown all the same; it is only not remembered.
    }
  }
}
