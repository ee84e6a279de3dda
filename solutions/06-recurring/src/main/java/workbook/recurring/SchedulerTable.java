package workbook.recurring;

import java.sql.SQLException;
import javax.sql.DataSource;

/** The one table that db-scheduler keeps its schedule in. Given. */
final class SchedulerTable {

  /** Its name. */
  static final String NAME = "scheduled_tasks";

  private SchedulerTable() {}

  /**
   * Creates it if it is not there. Columns and indexes are the library's; H2 and PostgreSQL know
   * the types.
   */
  static void create(DataSource database) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          create table if not exists scheduled_tasks (
            task_name varchar(100) not null,
            task_instance varchar(100) not null,
            task_data bytea,
            execution_time timestamp(6) with time zone,
            picked boolean not null,
            picked_by varchar(50),
            last_success timestamp(6) with time zone,
            last_failure timestamp(6) with time zone,
            consecutive_failures int,
            last_heartbeat timestamp(6) with time zone,
            version bigint not null,
            priority int,
            primary key (task_name, task_instance))
          """);
      statement.execute(
          "create index if not exists execution_time_idx on scheduled_tasks (execution_time)");
      statement.execute(
          "create index if not exists last_heartbeat_idx on scheduled_tasks (last_heartbeat)");
    }
  }
}
