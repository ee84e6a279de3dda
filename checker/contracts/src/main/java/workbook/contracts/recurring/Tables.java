package workbook.contracts.recurring;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What stands in a database, whatever the scheduler under test has made of it. */
final class Tables {

  private Tables() {}

  static List<String> names(DataSource database) throws SQLException {
    var names = new ArrayList<String>();
    try (var connection = database.getConnection();
        var tables = connection.getMetaData().getTables(null, connection.getSchema(), "%", null)) {
      while (tables.next()) {
        if (tables.getString("TABLE_TYPE").endsWith("TABLE")) {
          names.add(tables.getString("TABLE_NAME"));
        }
      }
    }
    return names;
  }

  static String content(DataSource database) throws SQLException {
    var all = new StringBuilder();
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      for (var table : names(database)) {
        try (var rows = statement.executeQuery("select * from \"" + table + "\"")) {
          while (rows.next()) {
            for (int n = 1; n <= rows.getMetaData().getColumnCount(); n++) {
              all.append(rows.getString(n)).append(',');
            }
          }
        }
      }
    }
    return all.toString();
  }
}
