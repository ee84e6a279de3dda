package workbook.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.quartz.impl.jdbcjobstore.JobStoreTX;

/** The eleven tables that Quartz keeps its schedule in; their SQL is in its jar. */
final class QuartzTables {

  /** One of them. */
  static final String ONE = "QRTZ_JOB_DETAILS";

  private QuartzTables() {}

  /** Creates them. */
  static void create(DataSource database) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      for (var sql : script().replaceAll("(?m)^--.*$", "").split(";")) {
        // the script is older than H2's present types
        if (!sql.isBlank() && !sql.strip().equalsIgnoreCase("commit")) {
          statement.execute(sql.replace(" IMAGE", " BLOB"));
        }
      }
    }
  }

  private static String script() {
    try (var file = JobStoreTX.class.getResourceAsStream("tables_h2.sql")) {
      if (file == null) {
        throw new IllegalStateException("tables_h2.sql is not in the jar of this Quartz");
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
