package workbook.contracts.cleanup;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.cleanup.AuditLog;
import workbook.cleanup.CleanupPlan;
import workbook.contracts.shared.Stopper;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScope;
import workbook.hosting.ServiceScopeFactory;
import workbook.hosting.TimeSource;

/** A cleanup service under test, the scopes that it opens, and what it asks the audit log for. */
final class CleanupBench {

  static final String NAME = "cleanup";
  static final long HOUR = Duration.ofHours(1).toMillis();
  static final int BATCH = 500;
  static final Part FINE = () -> {};
  static final CleanupPlan PLAN = new CleanupPlan(Duration.ofHours(1), Duration.ofDays(30), BATCH);

  /** Makes the service under test. */
  interface Maker {
    HostedService create(
        String name, ServiceScopeFactory scopes, TimeSource time, CleanupPlan plan);
  }

  /** What the audit log does in a run; an interrupt is a failure of the database. */
  interface Run {
    void delete(CancellationToken cancel) throws SQLException, InterruptedException;
  }

  /** What a scope does before or after a run. */
  interface Part {
    void run();
  }

  /** What the audit log was asked for. */
  record Asked(Instant cutoff, int batchSize, String thread) {}

  final Trial trial;
  final HostedService service;
  final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  private final Run run;
  private final @Nullable OnePool pool;
  private volatile Part opening = FINE; // these three may throw
  private volatile Part getting = FINE;
  private volatile Part closing = FINE;
  private final AtomicLong began = new AtomicLong(); // calls of the database
  private final AtomicLong ended = new AtomicLong();

  /** Over no database. */
  CleanupBench(Trial trial, Maker maker, Run run) {
    this(trial, maker, run, null);
  }

  /** Over no database, with a plan of its own. */
  CleanupBench(Trial trial, Maker maker, CleanupPlan plan) {
    this(trial, maker, _ -> {}, null, plan);
  }

  /** Over a pool: each scope that is asked for the audit log has borrowed a connection. */
  CleanupBench(Trial trial, Maker maker, Run run, @Nullable OnePool pool) {
    this(trial, maker, run, pool, PLAN);
  }

  private CleanupBench(
      Trial trial, Maker maker, Run run, @Nullable OnePool pool, CleanupPlan plan) {
    this.trial = trial;
    this.run = run;
    this.pool = pool;
    this.service = trial.subject(maker.create(NAME, this::open, trial.time(), plan));
    trial.afterwards(() -> service.stop(Deadline.after(Duration.ZERO, trial.time())));
  }

  /** Lets scopes fail, from now on, when they are opened, asked or closed. */
  void fail(Part whenOpened, Part whenAsked, Part whenClosed) {
    opening = whenOpened;
    getting = whenAsked;
    closing = whenClosed;
  }

  static Part failing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  static Part failing(Error failure) {
    return () -> {
      throw failure;
    };
  }

  private ServiceScope open() {
    trial.time().enroll(Thread.currentThread()); // also a platform thread takes part from now on
    opening.run();
    trial.note("scope opened");
    opened.incrementAndGet();
    return new Scope();
  }

  private final class Scope implements ServiceScope {

    private OnePool.@Nullable Borrowed connection;
    private boolean open = true;

    @Override
    public <T> T get(Class<T> type) {
      if (!open) {
        throw new IllegalStateException("this scope is closed");
      }
      if (type != AuditLog.class) {
        throw new IllegalArgumentException(type.getName() + " is not registered");
      }
      getting.run();
      if (pool != null && connection == null) {
        connection = unchecked(pool::borrow);
      }
      return type.cast((AuditLog) this::delete);
    }

    private long delete(Instant cutoff, int batchSize, CancellationToken cancel)
        throws SQLException {
      if (!open) {
        throw new IllegalStateException("this scope is closed, and its connection given back");
      }
      trial.note("clean-up begins");
      asked.add(new Asked(cutoff, batchSize, Thread.currentThread().getName()));
      var borrowed = connection;
      if (borrowed != null) {
        io(borrowed::begin);
      }
      try {
        run.delete(cancel);
      } catch (InterruptedException e) {
        throw new SQLException("the statement was interrupted", e);
      }
      if (borrowed != null) {
        io(borrowed::commit);
      }
      trial.note("clean-up ends");
      return 0;
    }

    @Override
    public void close() {
      if (!open) {
        return;
      }
      open = false;
      var borrowed = connection;
      if (borrowed != null) {
        unchecked(borrowed::giveBack);
      }
      trial.note("scope closed");
      closed.incrementAndGet();
      closing.run();
    }
  }

  /** A call of the database: its thread may look like one at rest, while it reads from a socket. */
  private <T> T io(OnePool.Call<T> call) throws SQLException {
    began.incrementAndGet();
    try {
      return call.make();
    } finally {
      ended.incrementAndGet();
    }
  }

  private <T> T unchecked(OnePool.Call<T> call) {
    try {
      return io(call);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until everyone is at rest, and nobody within a call of the database. */
  void rest() {
    while (true) {
      long before = ended.get();
      boolean within = began.get() != before;
      trial.settle();
      if (!within && began.get() == before && ended.get() == before) {
        return;
      }
      Thread.yield();
    }
  }

  void advanceTo(long millis) {
    rest();
    trial.advanceTo(millis);
    rest();
  }

  int runs() {
    return asked.size();
  }

  /** Starts the service and waits until its first run has begun. */
  CleanupBench start() {
    startOnly();
    expectRuns("the first run begins at start", 1);
    return this;
  }

  void startOnly() {
    var start = trial.start("starter", this::callStart);
    trial.expectReturn("start returns", start);
  }

  Object callStart() throws Exception {
    trial.note("start");
    service.start();
    return "normally";
  }

  /** Expects that so many runs have begun, no more. */
  void expectRuns(String expected, int number) {
    trial.expectSoon(expected, () -> runs() >= number, () -> ranTimes(runs()));
    rest();
    trial.expectThat(expected, runs() == number, ranTimes(runs()));
  }

  private static String ranTimes(int count) {
    return "the audit log was asked " + (count == 1 ? "once" : count + " times");
  }

  /** Expects that so many scopes were opened and all of them closed. */
  void expectScopes(String expected, int number) {
    trial.expect(
        expected,
        "scopes: " + opened.get() + " opened, " + closed.get() + " closed",
        "scopes: " + number + " opened, " + number + " closed");
  }

  Caller<Object> stop() {
    return new Stopper(trial, service).stop();
  }

  CompletionStage<Void> completion() {
    return service.completion();
  }

  /** Expects that the work has ended normally. */
  void expectNormalEnd() {
    var completion = completion().toCompletableFuture();
    trial.expectSoon("the completion completes", completion::isDone, () -> "it is still open");
    trial.expectThat(
        "the completion completes normally",
        !completion.isCompletedExceptionally(),
        "it failed with " + Trial.describe(completion.handle((_, thrown) -> thrown).getNow(null)));
  }
}
