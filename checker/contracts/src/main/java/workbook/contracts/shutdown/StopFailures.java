package workbook.contracts.shutdown;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import workbook.checker.Trial;

/** What becomes of the failures of services. */
final class StopFailures {

  private StopFailures() {}

  static void failures(Trial trial, OrderlyStopContract page) {
    trial.setUp("c throws an IOException, b an AssertionError, a an IllegalStateException");
    var bench = page.bench(trial);
    var first = new IOException("disk full");
    var second = new AssertionError("invariant broken");
    var third = new IllegalStateException("connection lost");
    bench.c.atStop(_ -> Staff.fail(first));
    bench.b.atStop(_ -> Staff.fail(second));
    bench.a.atStop(_ -> Staff.fail(third));
    var stop = bench.stop();
    var thrown = trial.expectThrow("stop throws", stop, Throwable.class);
    bench.staff.expect(
        "all are stopped", "c stops", "c fails", "b stops", "b fails", "a stops", "a fails");
    trial.expectThat(
        "the first failure itself is thrown",
        thrown == first,
        Trial.describe(thrown) + " was thrown");
    trial.expect(
        "the later ones are suppressed in it, in order",
        Arrays.asList(thrown.getSuppressed()),
        List.of(second, third));
    var errors = page.bench(trial);
    errors.b.atStop(_ -> Staff.fail(second));
    var thrownAlone =
        trial.expectThrow("stop throws an Error, too", errors.stop(), Throwable.class);
    trial.expectThat(
        "an Error that comes first is thrown itself",
        thrownAlone == second,
        Trial.describe(thrownAlone) + " was thrown");
    trial.setUp("the stop of b throws an InterruptedException; nobody has interrupted the caller");
    var interrupted = page.bench(trial);
    var own = new InterruptedException("a helper of b's was interrupted");
    interrupted.b.atStop(_ -> Staff.fail(own));
    var thrownByB = trial.expectThrow("stop throws it", interrupted.stop(), Throwable.class);
    trial.expectThat(
        "an InterruptedException of a service is a failure like any other",
        thrownByB == own,
        Trial.describe(thrownByB) + " was thrown");
    trial.setUp("c sets the interrupt flag of its thread and throws; b takes 1 s to stop");
    var flagged = page.bench(trial);
    var failure = new IOException("interrupted while writing");
    flagged.c.atStop(
        _ -> {
          Thread.currentThread().interrupt();
          throw failure;
        });
    flagged.b.atStop(_ -> flagged.sleep(1_000));
    var next = flagged.stop();
    flagged.staff.expect("b is asked to stop, and at work", "c stops", "c fails", "b stops");
    trial.advanceTo(trial.time().millis() + 1_000);
    var ofC = trial.expectThrow("stop throws when all have ended", next, Throwable.class);
    flagged.expectNotInterrupted(flagged.b);
    trial.expectThat("what c threw is thrown", ofC == failure, Trial.describe(ofC) + " was thrown");
  }

  /** Two services that share a broken connection throw the same exception. */
  static void sameFailure(Trial trial, OrderlyStopContract page) {
    trial.setUp("c and a throw the same object, b throws another");
    var bench = page.bench(trial);
    var shared = new IOException("connection lost");
    var other = new IllegalStateException("disk full");
    bench.c.atStop(_ -> Staff.fail(shared));
    bench.b.atStop(_ -> Staff.fail(other));
    bench.a.atStop(_ -> Staff.fail(shared));
    var thrown = trial.expectThrow("stop throws", bench.stop(), Throwable.class);
    trial.expectThat(
        "the shared failure itself is thrown",
        thrown == shared,
        Trial.describe(thrown) + " was thrown");
    trial.expect("the other is suppressed", Arrays.asList(thrown.getSuppressed()), List.of(other));
    trial.setUp("c throws one object; b and a both throw another");
    var later = page.bench(trial);
    var first = new IllegalStateException("disk full");
    var twice = new IOException("connection lost");
    later.c.atStop(_ -> Staff.fail(first));
    later.b.atStop(_ -> Staff.fail(twice));
    later.a.atStop(_ -> Staff.fail(twice));
    var thrownLater = trial.expectThrow("stop throws", later.stop(), Throwable.class);
    trial.expect(
        "what came twice is suppressed once, in the first",
        Arrays.asList(thrownLater.getSuppressed()),
        List.of(twice));
    trial.setUp("c and b throw two objects with the same message");
    var alike = page.bench(trial);
    var same = new IOException("connection lost");
    alike.c.atStop(_ -> Staff.fail(new IOException("connection lost")));
    alike.b.atStop(_ -> Staff.fail(same));
    var thrownAlike = trial.expectThrow("stop throws", alike.stop(), Throwable.class);
    trial.expect(
        "two failures with the same message are both kept",
        Arrays.asList(thrownAlike.getSuppressed()),
        List.of(same));
  }
}
