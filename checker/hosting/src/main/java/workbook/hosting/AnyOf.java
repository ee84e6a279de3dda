package workbook.hosting;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Several tokens as one; see {@link CancellationToken#anyOf}. */
record AnyOf(List<CancellationToken> tokens) implements CancellationToken {

  static final CancellationToken NONE = new AnyOf(List.of());

  AnyOf(CancellationToken... tokens) {
    this(List.of(tokens));
  }

  @Override
  public boolean isCancelled() {
    return tokens.stream().anyMatch(CancellationToken::isCancelled);
  }

  @Override
  public Registration onCancel(Runnable wake) {
    var ran = new AtomicBoolean();
    Runnable once =
        () -> {
          if (ran.compareAndSet(false, true)) {
            wake.run();
          }
        };
    var registrations = new ArrayList<Registration>();
    tokens.forEach(token -> registrations.add(token.onCancel(once)));
    return () -> {
      ran.set(true);
      registrations.forEach(Registration::close);
    };
  }
}
