package workbook.runner.grade;

import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import workbook.checker.WorkbookModule;
import workbook.checker.card.GradedRule;
import workbook.checker.card.GradedStep;
import workbook.checker.card.Verdict;
import workbook.runner.grade.GradedSubmission.Ending;

/**
 * A result as a report of JUnit's, for programs that read such: a suite for each step, a case for
 * each rule. What was broken, not started or not run is a failure; what was not decided or skipped
 * is skipped. A submission that was not graded to the end has a suite more, with an error.
 */
final class JUnitXml {

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  private JUnitXml() throws XMLStreamException {
    xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
  }

  /** The text of the file. */
  static String of(GradedSubmission graded) {
    try {
      var report = new JUnitXml();
      report.report(graded);
      return report.text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a text in memory can be written", e);
    }
  }

  private void report(GradedSubmission graded) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    line("");
    xml.writeStartElement("testsuites");
    attribute("name", graded.module().map(WorkbookModule::heading).orElse("unknown module"));
    if (graded.ending() != Ending.GRADED) {
      start("  ", "Grading", 1, 0, 1, 0);
      testCase("Grading", "It is graded to the end");
      outcome("error", graded.reason(), Words.of(graded.ending()));
      line("  ");
      xml.writeEndElement();
    }
    for (var step : graded.card().steps()) {
      suite(graded.card().module().folder(), step);
    }
    line("");
    xml.writeEndElement();
    line("");
    xml.writeEndDocument();
    xml.close();
  }

  private void suite(String module, GradedStep step) throws XMLStreamException {
    var rules = step.rules();
    var name = "%s step %d, %s".formatted(module, step.number(), step.type());
    long skipped = count(rules, Verdict.SKIPPED, Verdict.NOT_DECIDED);
    long failures = count(rules, Verdict.BROKEN, Verdict.NOT_STARTED, Verdict.NOT_RUN);
    start("  ", name, rules.size(), failures, 0, skipped);
    for (var rule : rules) {
      testCase(step.type(), "[%s] %s".formatted(rule.number(), rule.says()));
      switch (rule.verdict()) {
        case HOLDS -> xml.writeEndElement();
        case SKIPPED, NOT_DECIDED ->
            outcome("skipped", Words.reason(rule), Words.of(rule.verdict()));
        case BROKEN, NOT_STARTED, NOT_RUN -> failure(rule);
      }
    }
    line("  ");
    xml.writeEndElement();
  }

  private static long count(List<GradedRule> rules, Verdict... verdicts) {
    return rules.stream().filter(rule -> List.of(verdicts).contains(rule.verdict())).count();
  }

  private void start(
      String indent, String name, long tests, long failures, long errors, long skipped)
      throws XMLStreamException {
    line(indent);
    xml.writeStartElement("testsuite");
    attribute("name", name);
    attribute("tests", String.valueOf(tests));
    attribute("failures", String.valueOf(failures));
    attribute("errors", String.valueOf(errors));
    attribute("skipped", String.valueOf(skipped));
    attribute("time", "0");
  }

  private void testCase(String type, String name) throws XMLStreamException {
    line("    ");
    xml.writeStartElement("testcase");
    attribute("name", name);
    attribute("classname", type);
    attribute("time", "0");
  }

  private void failure(GradedRule rule) throws XMLStreamException {
    var finding = rule.finding();
    if (finding == null) {
      outcome("failure", Words.reason(rule), Words.of(rule.verdict()));
      return;
    }
    var message = "expected %s, but was %s".formatted(finding.expected(), finding.butWas());
    line("      ");
    xml.writeStartElement("failure");
    attribute("message", message);
    attribute("type", Words.of(rule.verdict()));
    var lines =
        finding.lines().entrySet().stream()
            .map(line -> line.getKey() + ": " + line.getValue())
            .collect(Collectors.joining("\n"));
    xml.writeCharacters(Words.clean(lines + "\ncheck: " + rule.check()));
    xml.writeEndElement();
    line("    ");
    xml.writeEndElement();
  }

  /** What became of a case, and its end. */
  private void outcome(String element, String message, String type) throws XMLStreamException {
    line("      ");
    xml.writeEmptyElement(element);
    attribute("message", message);
    if (!element.equals("skipped")) {
      attribute("type", type);
    }
    line("    ");
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, Words.clean(value));
  }

  private void line(String indent) throws XMLStreamException {
    xml.writeCharacters("\n" + indent);
  }
}
