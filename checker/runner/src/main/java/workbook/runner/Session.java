package workbook.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import workbook.checker.CardFiles;
import workbook.checker.card.Card;
import workbook.runner.Event.Answered;
import workbook.runner.Event.InputClosed;
import workbook.runner.Event.Key;
import workbook.runner.Event.Saved;
import workbook.runner.Messages.Done;
import workbook.runner.Messages.Graded;

/**
 * One watch of one module. Everything that happens is an event, and all of them are dealt with by
 * one thread, in turn: a save, a key, an answer of the JVM that runs the rules.
 */
final class Session {

  private final Path module;
  private final Path classes;
  private final Screen screen;
  private final Compiler compiler;
  private final Workers workers;
  private final Warmth warmth;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private @Nullable Sources latest;
  private @Nullable WorkerProcess worker; // that has the last order
  private int order; // its number
  private final List<Card> parts = new ArrayList<>(); // of the answer
  private @Nullable CardFiles files; // of the latest sources
  private int stepInHand = 1;
  private boolean graded; // the latest sources
  private boolean allHolds;
  private boolean inputClosed;

  Session(Path module, Path work, int release, List<String> options, Terminal terminal) {
    this.module = module;
    this.classes = work.resolve("classes");
    this.screen = new Screen(terminal, module);
    this.compiler = new Compiler(release, module);
    this.warmth = new Warmth(module, work.resolve("reference"), release);
    this.workers =
        new Workers(module, options(options), (by, answer) -> events.add(new Answered(by, answer)));
  }

  private List<String> options(List<String> given) {
    var options = new ArrayList<>(given);
    options.add("-Dworkbook.root=" + module.resolve("../..").normalize());
    options.add(
        "-Dworkbook.module="
            + module.getName(module.getNameCount() - 2)
            + "/"
            + module.getFileName());
    return options;
  }

  /** Watches until it is told to end, and gives the exit code. */
  int run() throws IOException {
    Files.createDirectories(classes);
    Runtime.getRuntime().addShutdownHook(new Thread(workers::close));
    Saves.tell(module, sources -> events.add(new Saved(sources)));
    Keys.tell(System.in, !screen.keysComeAtOnce(), events::add);
    try {
      while (true) {
        switch (events.take()) {
          case Saved saved -> {
            latest = saved.sources();
            grade();
          }
          case Key(char key) when key == 'q' -> {
            return 0;
          }
          case Key(char key) when key == '\n' -> grade();
          case Key(char key) -> screen.key(key);
          case InputClosed _ -> inputClosed = true;
          case Answered(var by, Graded part) when isAnswer(by, part.number()) ->
              graded(part.card());
          case Answered(var by, Done done) when isAnswer(by, done.number()) -> done(done);
          case Answered _ -> {} // to an order that is old
        }
        if (inputClosed && graded) {
          return allHolds ? 0 : 1;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } finally {
      workers.close();
    }
  }

  private boolean isAnswer(WorkerProcess by, int number) {
    return by == worker && number == order;
  }

  private boolean isOld() {
    return events.stream().anyMatch(Saved.class::isInstance);
  }

  private void grade() throws IOException {
    if (latest == null || isOld()) {
      return; // the newer save wins
    }
    graded = false;
    allHolds = false;
    workers.cancel();
    var compiled = compiler.compile(latest.texts());
    if (isOld()) {
      return;
    }
    parts.clear();
    worker = null;
    if (!compiled.errors().isEmpty()) {
      screen.errors(compiled.errors());
      over();
    } else if (compiled.tests().isEmpty()) {
      screen.problem(
          "There is nothing to grade: src/test/java has no class whose name ends with Test.", "");
      over();
    } else {
      files = new CardFiles(module);
      worker = workers.idle();
      compiled.writeTo(classes);
      order = worker.run(classPath(), compiled.tests(), stepInHand);
    }
  }

  private List<String> classPath() {
    return Stream.of(
            classes, module.resolve("src/main/resources"), module.resolve("src/test/resources"))
        .map(Path::toString)
        .toList();
  }

  private void graded(Card part) {
    parts.add(part);
    if (!inputClosed && parts.size() == 1) {
      screen.part(part);
    }
  }

  private void done(Done done) {
    var printed = worker == null ? "" : worker.printed();
    if (parts.isEmpty()) {
      screen.problem(
          done.problem().isEmpty()
              ? "No rule was run: no test class in src/test/java extends a contract."
              : done.problem(),
          printed);
    } else {
      var card = whole();
      card.next().ifPresent(rule -> stepInHand = card.stepOf(rule).number());
      allHolds = done.problem().isEmpty() && card.next().isEmpty() && card.ownFailures().isEmpty();
      var unwritten = files == null ? "" : files.write(card).orElse("").strip();
      screen.card(card, (done.problem() + " " + unwritten).strip(), printed);
    }
    over();
  }

  private Card whole() {
    var steps =
        parts.stream()
            .flatMap(part -> part.steps().stream())
            .sorted(Comparator.comparing(step -> step.number()))
            .toList();
    var own = parts.stream().flatMap(part -> part.ownFailures().stream()).toList();
    return new Card(parts.getFirst().module(), parts.getFirst().folder(), steps, own);
  }

  private void over() {
    graded = true;
    if (!inputClosed) {
      try {
        warmth.give(workers);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
