package workbook.checker.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) strictly: what a client's library would refuse, it refuses. Gson reads in
 * its strict mode; a byte order mark, a member that is there twice, half of a surrogate pair and a
 * second document are refused here.
 */
public final class Json {

  private static final Pattern WHERE = Pattern.compile("(?s)(.*?) at (line \\d+ column \\d+).*");

  private final JsonReader in;

  private Json(String text) {
    in = new JsonReader(new StringReader(text));
    in.setStrictness(Strictness.STRICT);
  }

  /**
   * Reads an object.
   *
   * @return its members: texts, numbers as Double, booleans, lists, maps, null
   * @throws IllegalArgumentException if the text is no JSON object; the message says where
   */
  public static Map<String, @Nullable Object> object(String text) {
    if (text.startsWith("\ufeff")) {
      throw new IllegalArgumentException("a byte order mark at line 1 column 1");
    }
    var json = new Json(text);
    try {
      if (json.in.peek() != JsonToken.BEGIN_OBJECT) {
        throw json.wrong("no object");
      }
      var object = json.object();
      json.end();
      return object;
    } catch (EOFException e) {
      throw new IllegalArgumentException("the end" + json.place(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(json.inWords(String.valueOf(e.getMessage())), e);
    }
  }

  private void end() throws IOException {
    try {
      if (in.peek() == JsonToken.END_DOCUMENT) {
        return;
      }
    } catch (MalformedJsonException e) {
      // what is there is no JSON either
    }
    throw wrong("something after the end");
  }

  private @Nullable Object value() throws IOException {
    return switch (in.peek()) {
      case BEGIN_OBJECT -> object();
      case BEGIN_ARRAY -> list();
      case STRING -> whole(in.nextString());
      case NUMBER -> Double.valueOf(in.nextString());
      case BOOLEAN -> in.nextBoolean();
      case NULL -> {
        in.nextNull();
        yield null;
      }
      case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT -> throw wrong("no value");
    };
  }

  private Map<String, @Nullable Object> object() throws IOException {
    var members = new LinkedHashMap<String, @Nullable Object>();
    in.beginObject();
    while (in.hasNext()) {
      var name = whole(in.nextName());
      if (members.containsKey(name)) {
        throw wrong("a second member '" + name + "'");
      }
      members.put(name, value());
    }
    in.endObject();
    return members;
  }

  private List<@Nullable Object> list() throws IOException {
    var values = new ArrayList<@Nullable Object>();
    in.beginArray();
    while (in.hasNext()) {
      values.add(value());
    }
    in.endArray();
    return values;
  }

  private String whole(String text) {
    if (!UTF_8.newEncoder().canEncode(text)) {
      throw wrong("half of a surrogate pair");
    }
    return text;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + place());
  }

  /** Where the reader is: it tells that in its text alone. */
  private String place() {
    var where = WHERE.matcher(in.toString());
    return where.matches() ? " at " + where.group(2) : "";
  }

  /** What a learner needs of the library's message, which may be about its own settings. */
  private String inWords(String message) {
    var said = WHERE.matcher(message);
    if (!said.matches()) {
      return message + place();
    }
    var what = said.group(1).replace(" in strict mode", "");
    return (what.contains("JsonReader") ? "not JSON" : what) + " at " + said.group(2);
  }
}
