package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdsTests {

  @TempDir Path data;

  private GildRuntime runtime() {
    return GildRuntime.builder()
        .settings(
            Settings.builder().yaml("test", "data: " + data + "\nconsole: {port: 0}\n").build())
        .module(new ConsoleModule())
        .module(new TracedModule())
        .build();
  }

  private static void makeCall(GildRuntime runtime) {
    GovernedMethod tool = Calls.method(runtime, CallKind.TOOL, "support", "lookUp");
    Calls.call(
        Calls.method(runtime, CallKind.AGENT, "support", "answer"),
        () -> Calls.call(tool, () -> {}));
  }

  private static List<?> rows(String url) throws Exception {
    return (List<?>) Http.json(url).get("rows");
  }

  @Test
  void showsTheIdsOfACallAndOfThoseInsideOfIt() throws Exception {
    try (GildRuntime runtime = runtime()) {
      makeCall(runtime);
      String base = Calls.console(runtime).url();
      assertThat(rows(base + "v1/calls?inner=true&order=duration"))
          .hasSize(2)
          .allSatisfy(row -> assertThat(Http.map(row).get("trace")).isEqualTo(TracedModule.TRACE));
      Map<?, ?> call = Http.map(rows(base + "v1/calls").get(0));
      assertThat(call.get("span")).isEqualTo("0000000000000001");
      assertThat(Http.get(base + "v1/export?what=calls&format=csv").body())
          .contains("\"session\",\"trace\",\"span\",\"words\"")
          .contains(",\"" + TracedModule.TRACE + "\",\"0000000000000001\",");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text=4bf92f35", "text=4BF92F3577", "trace=4bf92f3577b34da6a3ce929d0e0e4736"})
  void findsACallByTheBeginningOfItsTraceId(String query) throws Exception {
    try (GildRuntime runtime = runtime()) {
      makeCall(runtime);
      assertThat(rows(Calls.console(runtime).url() + "v1/calls?" + query)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text=4bf92f3", "text=77b34da6a3", "trace=5bf92f3577"})
  void findsNoneByLessOrAnotherPart(String query) throws Exception {
    try (GildRuntime runtime = runtime()) {
      makeCall(runtime);
      assertThat(rows(Calls.console(runtime).url() + "v1/calls?" + query)).isEmpty();
    }
  }

  @Test
  void namesATraceThatIsNone() throws Exception {
    try (GildRuntime runtime = runtime()) {
      assertThat(Http.get(Calls.console(runtime).url() + "v1/calls?trace=4bf").body())
          .contains("8 or more hexadecimal digits, but is \\\"4bf");
    }
  }

  @Test
  void readsTheIdsOfACallLog() throws Exception {
    Path log =
        Files.writeString(
            data.resolve("calls.jsonl"),
            """
            {"agent":"support","trace":"4bf92f3577b34da6a3ce929d0e0e4736","span":"00f067aa0ba902b7"}
            {"agent":"support","trace":"no hexadecimal digits, but 32 ch","span":7}
            {"agent":"support"}
            """);
    List<CallRow> rows = CallLogRows.read(log).rows();
    assertThat(rows).extracting(CallRow::trace).containsExactly(TracedModule.TRACE, null, null);
    assertThat(rows).extracting(CallRow::spanId).containsExactly("00f067aa0ba902b7", null, null);
    try (Consoles consoles = Consoles.of(data, List.of(log.toString()))) {
      assertThat(consoles.inTrace("4bf92f35")).hasSize(1);
      assertThat(consoles.inTrace("00000000")).isEmpty();
    }
  }
}
