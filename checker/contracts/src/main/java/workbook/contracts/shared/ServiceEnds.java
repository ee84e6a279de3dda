package workbook.contracts.shared;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import workbook.checker.Trial;
import workbook.hosting.HostedService;

/** What the contracts ask of the completion of every hosted service. */
public final class ServiceEnds {

  private ServiceEnds() {}

  /**
   * Expects that a service has ended normally.
   *
   * @param trial the trial
   * @param service the service
   */
  public static void expectNormal(Trial trial, HostedService service) {
    expectNormal(trial, "the completion", service.completion());
  }

  /**
   * Expects that a service has ended normally, and that its completion could be asked for early.
   *
   * @param trial the trial
   * @param service the service
   * @param early its completion, as it was before start
   */
  public static void expectNormal(Trial trial, HostedService service, CompletionStage<Void> early) {
    expectNormal(trial, service);
    trial.lookAt("completion");
    expectNormal(trial, "the completion that was there before start", early);
  }

  private static void expectNormal(Trial trial, String which, CompletionStage<Void> completion) {
    var end = completion.toCompletableFuture();
    trial.expectSoon(which + " completes", end::isDone, () -> "it is still open");
    trial.expectThat(
        which + " completes normally",
        !end.isCompletedExceptionally(),
        "it failed with " + Trial.describe(failure(completion)));
  }

  /**
   * Expects that a service has ended with what its work has thrown, an Error for example.
   *
   * @param trial the trial
   * @param service the service
   * @param error what its work has thrown
   */
  public static void expectFailure(Trial trial, HostedService service, Throwable error) {
    var end = service.completion().toCompletableFuture();
    trial.expectSoon("the completion fails", end::isDone, () -> "it is still open");
    var failure = failure(end);
    trial.expectThat(
        error instanceof Error
            ? "the completion fails with the Error"
            : "the completion fails with the exception",
        failure == error,
        failure == null ? "it completed normally" : "it failed with " + Trial.describe(failure));
  }

  /**
   * Expects that a service has not failed, whether it has ended or not.
   *
   * @param trial the trial
   * @param service the service
   */
  public static void expectNoFailure(Trial trial, HostedService service) {
    var end = service.completion().toCompletableFuture();
    trial.expectThat(
        "the completion does not fail",
        !end.isCompletedExceptionally(),
        "it failed with " + Trial.describe(failure(end)));
  }

  private static @Nullable Throwable failure(CompletionStage<Void> completion) {
    var thrown = completion.toCompletableFuture().handle((_, failure) -> failure).getNow(null);
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
