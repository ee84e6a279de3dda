package workbook.proof;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An implementation that is wrong in one way. Each has a file of its own, see {@link BrokenFile}.
 *
 * @param type what it is an implementation of
 * @param file where it is written down
 * @param why what is wrong, in words
 * @param manners how it is graded, if not as all others
 * @param byChance the rules that it fails in some runs only, since its own threads race there; it
 *     is no proof of these
 * @param changes what makes the reference wrong
 * @param findings what a learner reads about it; none as long as it has not been graded
 */
record Broken(
    TypeUnderTest type,
    Path file,
    String why,
    Set<Manner> manners,
    Set<String> byChance,
    List<Change> changes,
    List<PinnedFinding> findings) {

  /** How the checker has to deal with an implementation, and the sentence that says so. */
  enum Manner {
    /** A rule runs into a limit of the checker, so that the limits may be short. */
    HANGS("It hangs.", 0.1),
    /**
     * A rule waits in vain for something that a database is needed for: the limits may be short,
     * but not as short as between threads.
     */
    NEVER_DOES("It never does what a rule waits for.", 0.4),
    /**
     * No two runs are alike but for the rules that fail: its own threads race, or it does something
     * at random.
     */
    DIFFERS("It differs from run to run.", 1);

    private final String sentence;
    private final double patience;

    Manner(String sentence, double patience) {
      this.sentence = sentence;
      this.patience = patience;
    }

    String sentence() {
      return sentence;
    }
  }

  /** One change of the solution. */
  sealed interface Change {

    Workshop in(Workshop sources, TypeUnderTest type);
  }

  /** Some lines of one file are others. */
  record Edit(String file, Diff diff) implements Change {

    @Override
    public Workshop in(Workshop sources, TypeUnderTest type) {
      return sources.with(file, text -> diff.in(text, file));
    }
  }

  /** A class stands in the place of the type's own, which has the same constructor. */
  record OtherClass(String name, String path, String text) implements Change {

    @Override
    public Workshop in(Workshop sources, TypeUnderTest type) {
      return sources.withFile(path, text).withClass(type.name(), type.test(), name);
    }
  }

  /** Its name: that of its file, a few words with hyphens. */
  String name() {
    return file.getFileName().toString().replaceFirst("\\.md$", "");
  }

  /** Its file as a message names it. */
  Path where() {
    return Workbook.ROOT.relativize(file);
  }

  /** The numbers of exactly the rules that it does not pass. */
  Set<String> rules() {
    var rules = new TreeSet<>(Verdicts.BY_NUMBER);
    findings.forEach(finding -> rules.add(finding.number()));
    return Collections.unmodifiableSet(rules);
  }

  /** The numbers of the rules that it fails, without those that are not decided. */
  Set<String> brokenRules() {
    return findings.stream()
        .filter(PinnedFinding::isDecided)
        .map(PinnedFinding::number)
        .collect(Collectors.toSet());
  }

  /** How much of the checker's usual patience is enough. */
  double patience() {
    return manners.stream().mapToDouble(manner -> manner.patience).min().orElse(1);
  }

  Workshop sources() {
    var sources = type.solution();
    for (var change : changes) {
      sources = change.in(sources, type);
    }
    return sources;
  }

  @Override
  public String toString() {
    return type.name() + ": " + name();
  }
}
