package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.checker.http.Json;

/** What the checker takes for JSON, and what it says about the rest. */
class JsonTest {

  @Test
  void whatIsJson() {
    assertThat(Json.object(" {\"a\" : [1, -0.5e+1, true, {\"b\": \"\\ud83d\\ude00\\/\\n\"}]}\r\n"))
        .isEqualTo(Map.of("a", List.of(1.0, -5.0, true, Map.of("b", "😀/\n"))));
    assertThat(Json.object("{\"none\":[null], \"\":\"\"}"))
        .isEqualTo(Map.of("none", Arrays.asList(new Object[1]), "", ""));
    assertThat(Json.object("{}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "null",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":\"",
        "{,}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":[1,,2]}",
        "{\"a\":,}",
        "{'a':1}",
        "{\"a\":'x'}",
        "{a:1}",
        "{1:1}",
        "{\"a\":x}",
        "{/*c*/}",
        "{}//c",
        "{}#c",
        "{}{}",
        "{} x",
        "\ufeff{}",
        ")]}'\n{}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":TRUE}",
        "{\"a\":nulL}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":+1}",
        "{\"a\":0x1}",
        "{\"a\":1e}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\\n\"}",
        "{\"a\":\"\\'\"}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "{\"a\"=1}",
        "{\"a\";1}",
        "{\"a\":1;\"b\":2}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\f}",
        "{\"a\":\u00a01}"
      })
  void whatIsNot(String text) {
    assertThatThrownBy(() -> Json.object(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .matches("(?s).+ at line \\d+ column \\d+")
        .doesNotContain("JsonReader", "strict", "http");
  }

  @Test
  void manyWithinEachOther() {
    assertThatThrownBy(() -> Json.object("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"a\":2}|a second member 'a' at line 1 column 11",
        "{\"a\":\"b|Unterminated string at line 1 column 8",
        "{\"a\"|the end at line 1 column 5",
        "{} x|something after the end at line 1 column 5",
        "{\"a\":\"\\q\"}|Invalid escape sequence at line 1 column 9"
      })
  void whatIsSaidAboutIt(String text, String said) {
    assertThatThrownBy(() -> Json.object(text)).hasMessage(said);
  }
}
