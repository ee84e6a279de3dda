package workbook.proof.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The statements of {@link JdbcRecurringJobs}: the table that db-scheduler's script creates. */
public final class ScheduledTasks {

  /** Where one row is meant: its kind and its id are the arguments. */
  static final String MINE = " where task_name = ? and task_instance = ?";

  private final DataSource database;

  ScheduledTasks(DataSource database) {
    this.database = Objects.requireNonNull(database, "database");
  }

  /**
   * A row.
   *
   * @param kind recurring or once
   * @param id its id within the kind
   * @param job the job's name
   * @param cron when it recurs; empty for one that does not
   * @param zone where the cron's times are
   * @param version how often the row was changed
   * @param failed how many runs have failed in succession
   * @param due when it is due
   */
  public record Row(
      String kind,
      String id,
      String job,
      String cron,
      String zone,
      long version,
      int failed,
      Instant due) {}

  Optional<Instant> nextRun(String kind, String id) {
    return query(
            "select execution_time from scheduled_tasks" + MINE,
            row -> row.getObject(1, OffsetDateTime.class).toInstant(),
            kind,
            id)
        .stream()
        .findFirst();
  }

  void insert(String kind, String id, String job, String cron, String zone, Instant at) {
    update(
        "insert into scheduled_tasks (task_name, task_instance, task_data, execution_time, picked,"
            + " version, consecutive_failures, priority) values (?, ?, ?, ?, false, 1, 0, 0)",
        kind,
        id,
        data(job, cron, zone),
        at.atOffset(ZoneOffset.UTC));
  }

  static byte[] data(String... parts) {
    return Stream.of(parts)
        .map(part -> Base64.getEncoder().encodeToString(part.getBytes(UTF_8)))
        .collect(Collectors.joining("|"))
        .getBytes(UTF_8);
  }

  List<Row> rows(String where, Object... arguments) {
    return query(
        "select task_name, task_instance, task_data, version, consecutive_failures, execution_time"
            + " from scheduled_tasks where "
            + where,
        row -> {
          var parts =
              Stream.of(new String(row.getBytes(3), UTF_8).split("\\|", -1))
                  .map(part -> new String(Base64.getDecoder().decode(part), UTF_8))
                  .toArray(String[]::new);
          return new Row(
              row.getString(1),
              row.getString(2),
              parts[0],
              parts[1],
              parts[2],
              row.getLong(4),
              row.getInt(5),
              row.getObject(6, OffsetDateTime.class).toInstant());
        },
        arguments);
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, Reader<T> reader, Object... arguments) {
    try (var connection = database.getConnection();
        var statement = prepared(connection, sql, arguments);
        var result = statement.executeQuery()) {
      var all = new ArrayList<T>();
      while (result.next()) {
        all.add(reader.read(result));
      }
      return all;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  int update(String sql, Object... arguments) {
    try (var connection = database.getConnection();
        var statement = prepared(connection, sql, arguments)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... arguments)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int n = 0; n < arguments.length; n++) {
      statement.setObject(n + 1, arguments[n]);
    }
    return statement;
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException("run the create script of scheduled_tasks first", e);
  }
}
