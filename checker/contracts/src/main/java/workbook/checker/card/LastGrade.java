package workbook.checker.card;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known about a module after its runs: the file {@code target/graded.properties} in its
 * folder. A part that was run alone adds to what is known, as long as the code is the same.
 *
 * @param when the time of the last run
 * @param sources the fingerprint of the code that was graded
 * @param complete whether the last run tried every rule of its steps
 * @param passed whether it tried a rule, every rule that it tried holds, and no test failed
 * @param verdicts the last verdict on each rule that was tried; the key is the step's number, a
 *     slash and the rule's
 */
public record LastGrade(
    Instant when, String sources, boolean complete, boolean passed, Map<String, Verdict> verdicts) {

  /** What is known after a run. */
  public static LastGrade after(
      Card card, Instant when, String sources, Optional<LastGrade> before) {
    var verdicts = new TreeMap<String, Verdict>();
    before
        .filter(last -> last.sources.equals(sources))
        .ifPresent(last -> verdicts.putAll(last.verdicts));
    for (var step : card.steps()) {
      for (var rule : step.rules()) {
        if (rule.verdict() != Verdict.NOT_RUN) {
          verdicts.put(key(step.number(), rule.number()), rule.verdict());
        }
      }
    }
    long notTried = card.count(Verdict.NOT_RUN) + card.count(Verdict.SKIPPED);
    long kept = card.count(Verdict.HOLDS);
    return new LastGrade(
        when,
        sources,
        card.count(Verdict.NOT_RUN) == 0,
        kept > 0 && kept + notTried == card.rules().count() && card.ownFailures().isEmpty(),
        verdicts);
  }

  /** The last verdict on a rule. */
  public Verdict verdict(GradedStep step, GradedRule rule) {
    return verdicts.getOrDefault(key(step.number(), rule.number()), Verdict.NOT_RUN);
  }

  private static String key(int step, String rule) {
    return step + "/" + rule;
  }

  /** Reads what is known about a module; nothing is where the file is missing or no such file. */
  public static Optional<LastGrade> of(Path module) throws IOException {
    var file = file(module);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var read = new Properties();
    try {
      read.load(new StringReader(Files.readString(file)));
      var when = Instant.parse(read.getProperty("when", ""));
      var verdicts = new TreeMap<String, Verdict>();
      for (var name : read.stringPropertyNames()) {
        if (name.contains("/")) {
          verdicts.put(name, Verdict.valueOf(read.getProperty(name)));
        }
      }
      return Optional.of(
          new LastGrade(
              when,
              read.getProperty("sources", ""),
              Boolean.parseBoolean(read.getProperty("complete")),
              Boolean.parseBoolean(read.getProperty("passed")),
              verdicts));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty(); // another version's, or cut short
    }
  }

  /** Writes it. */
  public void write(Path module) throws IOException {
    var lines =
        verdicts.entrySet().stream().map(rule -> rule.getKey() + "=" + rule.getValue() + "\n");
    Files.writeString(
        file(module),
        "when=%s\nsources=%s\ncomplete=%s\npassed=%s\n%s"
            .formatted(when, sources, complete, passed, lines.collect(Collectors.joining())));
  }

  private static Path file(Path module) {
    return module.resolve("target/graded.properties");
  }

  /** A fingerprint of a module's code: equal if and only if the code is. */
  public static String sources(Path module) throws IOException {
    var folder = module.resolve("src/main/java");
    try (var found = Files.walk(folder)) {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var file : found.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(folder.relativize(file).toString().replace('\\', '/').getBytes());
        digest.update(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchFileException e) {
      return "none";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
