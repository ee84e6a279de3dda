package workbook.runner.grade;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import workbook.checker.WorkbookModule;

/**
 * What a class came to, as a table for a spreadsheet: a line for each student, a column for each
 * rule of the modules that were handed in. A cell that a spreadsheet would take for a formula
 * begins with an apostrophe.
 */
final class ClassCsv {

  private ClassCsv() {}

  /** The text of the table. */
  static String of(List<GradedSubmission> graded, Points points) {
    var rules = rules(graded);
    var text = new StringWriter();
    try (var csv = CsvWriter.builder().build(text)) {
      var names =
          new ArrayList<>(
              List.of("student", "module", "points", "up to", "max", "ending", "reason", "open"));
      names.addAll(rules);
      csv.writeRecord(names);
      for (var each : graded) {
        csv.writeRecord(
            line(each, Score.of(each, points), rules).stream().map(ClassCsv::safe).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can be written", e);
    }
    return text.toString();
  }

  /** The rules of all modules that were handed in, in their order. */
  private static List<String> rules(List<GradedSubmission> graded) {
    var modules = new TreeMap<WorkbookModule, List<String>>();
    for (var each : graded) {
      each.module()
          .ifPresent(
              module ->
                  modules.putIfAbsent(
                      module, each.card().rules().map(rule -> rule.number()).distinct().toList()));
    }
    return modules.values().stream().flatMap(List::stream).toList();
  }

  private static List<String> line(GradedSubmission graded, Score score, List<String> rules) {
    var line = new ArrayList<String>();
    line.add(graded.name());
    line.add(graded.module().map(WorkbookModule::folder).orElse(""));
    line.add(String.valueOf(score.points()));
    line.add(String.valueOf(score.upTo()));
    line.add(String.valueOf(score.max()));
    line.add(Words.of(graded.ending()));
    line.add(Words.clean(graded.reason()));
    line.add(
        score.open().stream()
            .map(of -> of.rule().number() + " " + Words.of(of.rule().verdict()))
            .collect(Collectors.joining("; ")));
    for (var rule : rules) {
      var of = score.rules().get(rule);
      line.add(of == null ? "" : Words.of(of.rule().verdict()));
    }
    return line;
  }

  private static String safe(String cell) {
    return !cell.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}
