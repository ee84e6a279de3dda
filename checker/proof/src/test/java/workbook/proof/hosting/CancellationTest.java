package workbook.proof.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;

class CancellationTest {

  private final CancellationSource source = new CancellationSource();
  private final List<String> ran = new ArrayList<>();

  @Test
  void cancellingIsFinalAndRunsWhatWasRegisteredOnceAndInOrder() {
    source.token().onCancel(() -> ran.add("first"));
    source.token().onCancel(() -> ran.add("second"));
    assertThat(source.token().isCancelled()).isFalse();
    source.cancel();
    source.cancel();
    assertThat(source.token().isCancelled()).isTrue();
    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  void anActionThatIsRegisteredTooLateRunsAtOnce() {
    source.cancel();
    source.token().onCancel(() -> ran.add("late"));
    assertThat(ran).containsExactly("late");
  }

  @Test
  void aClosedRegistrationDoesNotRun() {
    try (var _ = source.token().onCancel(() -> ran.add("closed"))) {
      assertThat(ran).isEmpty();
    }
    source.cancel();
    assertThat(ran).isEmpty();
  }

  @Test
  void allActionsRunThoughSomeThrowAndTheFirstFailureIsThrownWithTheOthers() {
    source.token().onCancel(() -> fail("one"));
    source.token().onCancel(() -> ran.add("two"));
    source.token().onCancel(() -> fail("three"));
    assertThatThrownBy(source::cancel)
        .hasMessage("one")
        .satisfies(e -> assertThat(e.getSuppressed()).singleElement().hasToString(text("three")));
    assertThat(ran).containsExactly("two");
  }

  @Test
  void allActionsRunThoughSomeThrowAnErrorAndTheSameOne() {
    var error = new AssertionError("one and the same");
    for (int i = 1; i <= 2; i++) {
      source
          .token()
          .onCancel(
              () -> {
                throw error;
              });
    }
    source.token().onCancel(() -> ran.add("last"));
    assertThatThrownBy(source::cancel).isSameAs(error);
    assertThat(ran).containsExactly("last");
  }

  @Test
  void anActionMayCancelAgain() {
    source.token().onCancel(source::cancel);
    source.cancel();
    assertThat(source.token().isCancelled()).isTrue();
  }

  @Test
  void theTokenThatIsNeverCancelledIsNever() {
    CancellationToken.none().onCancel(() -> ran.add("never")).close();
    assertThat(CancellationToken.none().isCancelled()).isFalse();
    assertThat(ran).isEmpty();
  }

  @Test
  void aCombinationIsCancelledByAnyOfItsTokensAndWakesOnce() {
    var other = new CancellationSource();
    var either = CancellationToken.anyOf(source.token(), other.token());
    either.onCancel(() -> ran.add("woken"));
    assertThat(either.isCancelled()).isFalse();
    other.cancel();
    source.cancel();
    assertThat(either.isCancelled()).isTrue();
    assertThat(ran).containsExactly("woken");
  }

  @Test
  void aCombinationIsForgottenByAllItsTokensWhenItsRegistrationIsClosed() {
    var other = new CancellationSource();
    CancellationToken.anyOf(source.token(), other.token()).onCancel(() -> ran.add("x")).close();
    source.cancel();
    other.cancel();
    assertThat(ran).isEmpty();
  }

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }

  private static String text(String message) {
    return new IllegalStateException(message).toString();
  }
}
