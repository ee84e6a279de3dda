package workbook.checker.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A strict reader of JSON (RFC 8259): what a client's library would refuse, it refuses. */
public final class Json {

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Reads an object.
   *
   * @return its members: texts, numbers as Double, booleans, lists, maps, null
   * @throws IllegalArgumentException if the text is no JSON object; the message says where
   */
  public static Map<String, @Nullable Object> object(String text) {
    var json = new Json(text);
    json.skipSpace();
    var object = json.object();
    json.skipSpace();
    if (json.at < text.length()) {
      throw json.wrong("something after the end");
    }
    return object;
  }

  private @Nullable Object value() {
    skipSpace();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    var members = new LinkedHashMap<String, @Nullable Object>();
    expect('{');
    skipSpace();
    if (!accept('}')) {
      do {
        skipSpace();
        var name = string();
        skipSpace();
        expect(':');
        if (members.containsKey(name)) {
          throw wrong("a second member '" + name + "'");
        }
        members.put(name, value());
        skipSpace();
      } while (accept(','));
      expect('}');
    }
    return members;
  }

  private List<@Nullable Object> list() {
    var values = new ArrayList<@Nullable Object>();
    expect('[');
    skipSpace();
    if (!accept(']')) {
      do {
        values.add(value());
        skipSpace();
      } while (accept(','));
      expect(']');
    }
    return values;
  }

  private String string() {
    expect('"');
    var string = new StringBuilder();
    while (!accept('"')) {
      char c = peek();
      if (c < ' ') {
        throw wrong("a control character");
      }
      at++;
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        if (!text.substring(at, Math.min(at + 4, text.length())).matches("[0-9a-fA-F]{4}")) {
          throw wrong("no four hex digits");
        }
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> throw wrong("an unknown escape");
    };
  }

  private Double number() {
    var number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw wrong("no value");
    }
    at = number.end();
    return Double.valueOf(number.group());
  }

  private @Nullable Object literal(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong("no value");
    }
    at += word.length();
    return value;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean accept(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw wrong("no " + c);
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("the end");
    }
    return text.charAt(at);
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + " at position " + at);
  }
}
