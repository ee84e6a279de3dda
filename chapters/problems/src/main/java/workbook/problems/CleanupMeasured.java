package workbook.problems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import workbook.cleanup.AuditTable;

/**
 * Measures three ways to delete old entries, on the database that {@code -Ddb.url} names or on H2
 * in memory, and draws the result.
 */
final class CleanupMeasured {

  private static final LocalDateTime CUTOFF = LocalDateTime.of(2030, 1, 1, 0, 0);
  private static final int BATCH = 1_000;
  private static final long LOOK_EVERY = 500_000_000; // nanoseconds; a look stops everything
  private static final List<Integer> SIZES = List.of(1_000, 100_000, 1_000_000);

  /** A way to delete. */
  interface Way {
    Work delete(Connection connection) throws SQLException;
  }

  /** What it did; the longest transaction in nanoseconds. */
  record Work(int loaded, int statements, int transactions, long longest) {}

  record Named(String name, String color, Way way) {}

  record Result(String way, int rows, double seconds, long longest, long heap) {

    double rowsPerSecond() {
      return rows / seconds;
    }
  }

  static final List<Named> WAYS =
      List.of(
          new Named("load all, delete each", "#c0392b", CleanupMeasured::loadAll),
          new Named("batches of 1,000", "#1e8449", CleanupMeasured::batches),
          new Named("one big DELETE", "#2471a3", CleanupMeasured::bigDelete));

  private record Entry(long id, LocalDateTime happenedAt, String actor, String action) {}

  private CleanupMeasured() {}

  static void main(String[] args) throws Exception {
    var results = new ArrayList<Result>();
    System.out.printf(
        "%-22s %9s %9s %12s %20s %10s%n",
        "", "rows", "seconds", "rows/second", "longest transaction", "heap");
    try (var connection = connect()) {
      var product = connection.getMetaData();
      System.out.println(
          product.getDatabaseProductName() + " " + product.getDatabaseProductVersion());
      measure(WAYS.getFirst(), 1_000, connection); // warm up
      measure(WAYS.get(1), 10_000, connection);
      for (int rows : SIZES) {
        for (var way : WAYS) {
          var result = measure(way, rows, connection);
          results.add(result);
          System.out.printf(
              Locale.ROOT,
              "%-22s %,9d %9.2f %,12.0f %17.2f s  %,7.1f MB%n",
              result.way,
              result.rows,
              result.seconds,
              result.rowsPerSecond(),
              result.longest / 1e9,
              result.heap / 1e6);
        }
      }
    }
    var picture = Path.of(args[0]).resolve("chapters/images/03-cleanup.svg");
    Files.createDirectories(picture.getParent());
    Files.writeString(picture, draw(results));
  }

  static Connection connect() throws SQLException {
    var url = System.getProperty("db.url", "");
    return url.isEmpty()
        ? DriverManager.getConnection("jdbc:h2:mem:measured")
        : DriverManager.getConnection(
            url, System.getProperty("db.user"), System.getProperty("db.password"));
  }

  /** Once for the time and once for the memory: to look at the heap takes time itself. */
  private static Result measure(Named way, int rows, Connection connection) throws Exception {
    fill(connection, rows);
    long begin = System.nanoTime();
    long longest = way.way.delete(connection).longest;
    double seconds = (System.nanoTime() - begin) / 1e9;
    fill(connection, rows);
    long heap = heapWhile(() -> way.way.delete(connection));
    return new Result(way.name, rows, seconds, longest, heap);
  }

  static void fill(Connection connection, int old) throws SQLException {
    connection.setAutoCommit(true);
    boolean h2 = connection.getMetaData().getURL().startsWith("jdbc:h2:");
    try (var statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS audit_log");
      AuditTable.createIn(connection);
      // the old ones, and a tenth as many that stay
      statement.execute(
          "INSERT INTO audit_log (happened_at, actor, action) SELECT "
              + (h2
                  ? "DATEADD('SECOND', X, TIMESTAMP '2030-01-01 00:00:00'), 'user ' || X"
                  : "TIMESTAMP '2030-01-01 00:00:00' + X * INTERVAL '1 second', 'user ' || X")
              + ", 'signed in with a password, from the office'"
              + (h2
                  ? " FROM SYSTEM_RANGE(%d, %d)".formatted(-old, old / 10)
                  : " FROM generate_series(%d, %d) AS X".formatted(-old, old / 10)));
      statement.execute(h2 ? "ANALYZE" : "ANALYZE audit_log");
    }
  }

  private static Work loadAll(Connection connection) throws SQLException {
    // region all
    var oldLogs = new ArrayList<Entry>();
    try (var select =
        connection.prepareStatement(
            "SELECT id, happened_at, actor, action FROM audit_log WHERE happened_at < ?")) {
      select.setObject(1, CUTOFF);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          oldLogs.add(
              new Entry(
                  rows.getLong(1),
                  rows.getObject(2, LocalDateTime.class),
                  rows.getString(3),
                  rows.getString(4)));
        }
      }
    }
    // endregion
    long begin = System.nanoTime();
    // region all
    connection.setAutoCommit(false);
    try (var delete = connection.prepareStatement("DELETE FROM audit_log WHERE id = ?")) {
      for (var entry : oldLogs) {
        delete.setLong(1, entry.id());
        delete.executeUpdate();
      }
    }
    connection.commit();
    // endregion
    return new Work(oldLogs.size(), 1 + oldLogs.size(), 1, System.nanoTime() - begin);
  }

  private static Work batches(Connection connection) throws SQLException {
    long longest = 0;
    int batches = 0;
    try (var delete =
        connection.prepareStatement(
            """
            MERGE INTO audit_log USING (
              SELECT id AS old FROM audit_log WHERE happened_at < ? ORDER BY happened_at, id LIMIT ?
            ) AS batch ON id = old WHEN MATCHED THEN DELETE
            """)) {
      delete.setObject(1, CUTOFF);
      delete.setInt(2, BATCH);
      int batch = BATCH;
      while (batch == BATCH) {
        long begin = System.nanoTime();
        batch = delete.executeUpdate(); // in auto-commit mode: a transaction
        longest = Math.max(longest, System.nanoTime() - begin);
        batches++;
      }
    }
    return new Work(0, batches, batches, longest);
  }

  private static Work bigDelete(Connection connection) throws SQLException {
    long begin = System.nanoTime();
    try (var delete = connection.prepareStatement("DELETE FROM audit_log WHERE happened_at < ?")) {
      delete.setObject(1, CUTOFF);
      delete.executeUpdate();
    }
    return new Work(0, 1, 1, System.nanoTime() - begin);
  }

  /** The most that was in use, above what was before, garbage left out. */
  private static long heapWhile(Callable<?> work) throws Exception {
    long before = inUse();
    var most = new AtomicLong(before);
    var done = new AtomicBoolean();
    var watcher =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    most.accumulateAndGet(inUse(), Math::max);
                    LockSupport.parkNanos(LOOK_EVERY);
                  }
                });
    work.call();
    done.set(true);
    watcher.join();
    return most.get() - before;
  }

  private static long inUse() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Two charts: rows per second, and heap; both axes count in powers of ten. */
  private static String draw(List<Result> results) throws IOException {
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 330" font-family="sans-serif" font-size="12">
        <rect width="760" height="330" fill="#ffffff"/>
        """);
    chart(svg, 80, "rows per second", 3, 7, results, Result::rowsPerSecond);
    chart(svg, 450, "heap in use, MB", -1, 4, results, result -> Math.max(0.1, result.heap / 1e6));
    int x = 80;
    for (var way : WAYS) {
      svg.append(
          "<rect x=\"%d\" y=\"305\" width=\"12\" height=\"12\" fill=\"%s\"/>\n"
              .formatted(x, way.color));
      svg.append("<text x=\"%d\" y=\"315\">%s</text>\n".formatted(x + 18, way.name));
      x += 180;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void chart(
      StringBuilder svg,
      int left,
      String title,
      int least,
      int most,
      List<Result> results,
      ToDoubleFunction<Result> value) {
    int top = 40;
    int height = 210;
    int width = 270;
    svg.append("<text x=\"%d\" y=\"20\" font-weight=\"bold\">%s</text>\n".formatted(left, title));
    for (int power = least; power <= most; power++) {
      double y = top + height - height * (power - least) / (double) (most - least);
      svg.append(
          "<line x1=\"%d\" x2=\"%d\" y1=\"%.0f\" y2=\"%.0f\" stroke=\"#dddddd\"/>\n"
              .formatted(left, left + width, y, y));
      svg.append(
          "<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%s</text>\n"
              .formatted(left - 6, y + 4, number(Math.pow(10, power))));
    }
    for (int rows : SIZES) {
      svg.append(
          "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
              .formatted(x(left, width, rows), top + height + 18, number(rows)));
    }
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">rows to delete</text>\n"
            .formatted(left + width / 2, top + height + 36));
    for (var way : WAYS) {
      var points = new StringBuilder();
      for (var result : results) {
        if (result.way.equals(way.name)) {
          double power = Math.log10(value.applyAsDouble(result));
          double y = top + height - height * (power - least) / (most - least);
          points.append("%.1f,%.1f ".formatted(x(left, width, result.rows), y));
          svg.append(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>\n"
                  .formatted(x(left, width, result.rows), y, way.color));
        }
      }
      svg.append(
          "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n"
              .formatted(points.toString().strip(), way.color));
    }
  }

  private static double x(int left, int width, int rows) {
    return left + 20 + (width - 40) * (Math.log10(rows) - 3) / 3;
  }

  private static String number(double value) {
    return value < 1 ? String.valueOf(value) : String.format(Locale.ROOT, "%,.0f", value);
  }
}
