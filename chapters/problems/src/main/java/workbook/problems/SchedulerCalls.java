package workbook.problems;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import workbook.hosting.TimeSource;

/** The calls of db-scheduler that chapter 06 builds on, in a program that greets once. */
final class SchedulerCalls {

  private SchedulerCalls() {}

  static void main() throws Exception {
    System.out.println(greet());
  }

  /** What the job has said, and how many rows are left after that. */
  static String greet() throws SQLException, InterruptedException {
    var database = database();
    var time = TimeSource.system();
    var tomorrow = time.now().plus(Duration.ofDays(1));
    var said = new ArrayBlockingQueue<String>(1);
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    // region calls
    var greeting =
        Tasks.custom("greeting", String.class)
            .onFailure((run, row) -> row.reschedule(run, run.getTimeDone().plusSeconds(10)))
            .onDeadExecution((run, row) -> row.reschedule(run, time.now()))
            .execute(
                (instance, _) -> {
                  said.add("hello, " + instance.getData());
                  return (run, row) -> row.remove(); // what becomes of it after success
                });
    var scheduler =
        Scheduler.create(database, greeting)
            .clock(time::now)
            .pollingInterval(Duration.ofSeconds(1))
            .enableImmediateExecution() // what is due need not wait for the next poll
            .heartbeatInterval(Duration.ofSeconds(1))
            .missedHeartbeatsLimit(4) // after that it counts as dead
            .executorService(threads)
            .build();
    scheduler.start();

    var ann = greeting.instance("ann", "Ann"); // the key of a row, and its data
    var ben = greeting.instance("ben", "Ben");
    scheduler.scheduleIfNotExists(ann, tomorrow); // false if the key is there
    scheduler.scheduleIfNotExists(ben, tomorrow);
    scheduler.getScheduledExecution(ann); // due time and data, if the key is there
    // These two throw if the key is not there, and if its job is running.
    scheduler.reschedule(ann, time.now(), "Ann of Berlin");
    scheduler.cancel(ben);
    // endregion
    var greeted = said.take();
    // region calls

    scheduler.stop(); // waits for the runs in progress
    // endregion
    return greeted + "; rows left: " + rows(database);
  }

  private static int rows(DataSource database) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var count = statement.executeQuery("select count(*) from scheduled_tasks")) {
      count.next();
      return count.getInt(1);
    }
  }

  private static DataSource database() throws SQLException {
    var database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:greetings;DB_CLOSE_DELAY=-1");
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          create table scheduled_tasks (
            task_name varchar(100) not null,
            task_instance varchar(100) not null,
            task_data blob,
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
    }
    return database;
  }
}
