package workbook.checker.shutdown;

import org.junit.jupiter.api.function.Executable;
import workbook.checker.Trial;

/** What counts as a refusal of null: this module's types leave the words of it to the learner. */
final class Refusals {

  private Refusals() {}

  static void expectNullRefused(Trial trial, String what, Executable call) {
    var thrown = trial.expectThrow(what + " is refused", call, RuntimeException.class);
    trial.expectThat(
        what + " is refused with a NullPointerException or an IllegalArgumentException",
        thrown instanceof NullPointerException || thrown instanceof IllegalArgumentException,
        Trial.describe(thrown) + " was thrown");
  }
}
