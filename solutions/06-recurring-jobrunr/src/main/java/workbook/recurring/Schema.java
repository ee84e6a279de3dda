package workbook.recurring;

import java.sql.SQLException;
import javax.sql.DataSource;

/** The tables of db-scheduler and of Quartz; JobRunr creates its own. */
public final class Schema {

  private Schema() {}

  /**
   * Creates them.
   *
   * @param database where
   * @throws SQLException if the database cannot
   */
  public static void create(DataSource database) throws SQLException {
    SchedulerTable.create(database);
    QuartzTables.create(database);
  }
}
