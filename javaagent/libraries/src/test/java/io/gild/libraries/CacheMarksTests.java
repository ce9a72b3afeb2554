package io.gild.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheMarksTests {

  private static final String MODEL = "claude-sonnet-4-5";
  private static final String LONG = "a".repeat(4 * 1_100);
  private static final Map<String, String> MARK = Map.of("type", "ephemeral");

  private static Map<String, Object> tool(String name, String description) {
    return Map.of("name", name, "description", description);
  }

  @Test
  void marksALongSystemTextAsABlock() {
    assertThat(CacheMarks.of(Map.of("system", LONG), MODEL, false))
        .isEqualTo(
            Map.of("system", List.of(Map.of("type", "text", "text", LONG, "cache_control", MARK))));
  }

  @Test
  void marksTheLastOfSeveralBlocksForAnHour() {
    Map<String, Object> first = Map.of("type", "text", "text", LONG);
    Map<String, Object> last = Map.of("type", "text", "text", "short");
    assertThat(CacheMarks.of(Map.of("system", List.of(first, last)), MODEL, true))
        .isEqualTo(
            Map.of(
                "system",
                List.of(
                    first,
                    Map.of(
                        "type",
                        "text",
                        "text",
                        "short",
                        "cache_control",
                        Map.of("type", "ephemeral", "ttl", "1h")))));
  }

  @Test
  void marksTheLastToolByName() {
    Map<String, Object> changed =
        CacheMarks.of(
            Map.of("tools", List.of(tool("b", LONG), tool("a", "")), "system", "short"),
            MODEL,
            false);
    assertThat(changed.get("tools"))
        .isEqualTo(
            List.of(
                tool("a", ""), Map.of("name", "b", "description", LONG, "cache_control", MARK)));
    assertThat(changed).containsKey("system");
  }

  @Test
  void marksNoToolThatIsLoadedLater() {
    Map<String, Object> later = Map.of("name", "z", "description", "", "defer_loading", true);
    assertThat(CacheMarks.of(Map.of("tools", List.of(tool("a", LONG), later)), MODEL, false))
        .isEqualTo(
            Map.of(
                "tools",
                List.of(Map.of("name", "a", "description", LONG, "cache_control", MARK), later)));
  }

  @Test
  void marksNothingBelowTheMinimumOfTheModel() {
    Map<String, Object> body = Map.of("system", LONG, "messages", List.of());
    assertThat(CacheMarks.of(body, "claude-haiku-4-5-20251001", false)).isEmpty();
    assertThat(CacheMarks.of(body, "claude-opus-4-6", false)).isEmpty();
    assertThat(CacheMarks.of(Map.of("system", "short"), MODEL, false)).isEmpty();
    assertThat(CacheMarks.of(body, "", false)).isNotEmpty();
  }

  @Test
  void leavesRequestsAloneThatTheApplicationMarked() {
    Map<String, Object> block = Map.of("type", "text", "text", "q", "cache_control", MARK);
    Map<String, Object> result = Map.of("type", "tool_result", "content", List.of(block));
    for (List<Object> content : List.of(List.<Object>of(block), List.<Object>of(result))) {
      assertThat(
              CacheMarks.of(
                  Map.of(
                      "system",
                      LONG,
                      "tools",
                      List.of(tool("b", ""), tool("a", "")),
                      "messages",
                      List.of(Map.of("role", "user", "content", content))),
                  MODEL,
                  false))
          .isEmpty();
    }
    assertThat(CacheMarks.of(Map.of("system", LONG, "cache_control", MARK), MODEL, false))
        .isEmpty();
  }

  @Test
  void takesAPropertyOfAToolForNoMark() {
    Map<String, Object> schema = Map.of("properties", Map.of("cache_control", Map.of()));
    Map<String, Object> tool = Map.of("name", "a", "input_schema", schema);
    assertThat(CacheMarks.of(Map.of("system", LONG, "tools", List.of(tool)), MODEL, false))
        .containsOnlyKeys("system");
  }

  @Test
  void ignoresAnEmptySystemText() {
    assertThat(CacheMarks.of(Map.of("system", "", "tools", List.of(tool("a", LONG))), MODEL, false))
        .containsOnlyKeys("tools");
  }

  @Test
  void ordersToolsOfOpenAiByTheNamesOfTheirFunctions() {
    Map<String, Object> b = Map.of("type", "function", "function", Map.of("name", "b"));
    Map<String, Object> a = Map.of("type", "function", "function", Map.of("name", "a"));
    assertThat(ToolOrder.byName(List.of(b, a))).isEqualTo(List.of(a, b));
    List<Map<String, Object>> ordered = List.of(a, b);
    assertThat(ToolOrder.byName(ordered)).isSameAs(ordered);
  }
}
