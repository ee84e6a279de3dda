package workbook.checker.card;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found where a rule does not hold.
 *
 * @param setUp what the rule was tried with; may be empty
 * @param lookAt the learner's type, method and line
 * @param source what stands in that line; empty where the file cannot be read
 * @param expected what should have been
 * @param butWas what was
 * @param inOrder what happened, in order; may be empty
 */
public record Finding(
    String setUp,
    String lookAt,
    String source,
    String expected,
    String butWas,
    List<String> inOrder)
    implements Serializable {

  /** A finding whose source line is not known. */
  public Finding(
      String setUp, String lookAt, String expected, String butWas, List<String> inOrder) {
    this(setUp, lookAt, "", expected, butWas, inOrder);
  }

  /** The same with what stands in the line to look at. */
  public Finding withSource(String line) {
    return new Finding(setUp, lookAt, line, expected, butWas, inOrder);
  }

  /** As it is shown: label and text of each line that has a text, in order. */
  public Map<String, String> lines() {
    var lines = new LinkedHashMap<String, String>();
    lines.put("set up", setUp);
    lines.put("look at", source.isEmpty() ? lookAt : lookAt + "   " + source);
    lines.put("expected", expected);
    lines.put("but was", butWas);
    lines.put("in order", String.join(" · ", inOrder));
    lines.values().removeIf(String::isEmpty);
    return lines;
  }
}
