package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.PrivateFiles;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsolesTests {

  @TempDir Path data;

  private static void makeCalls(GildRuntime runtime, String agent) {
    Calls.call(
        Calls.method(runtime, CallKind.AGENT, agent, "answer"),
        () ->
            Calls.call(
                Calls.method(runtime, CallKind.CHAT, "model", "chat"),
                () -> Calls.useTokens("gpt-4o-mini", 1_000, 0)));
  }

  private static List<Map<String, @Nullable Object>> agents(Map<String, @Nullable Object> state) {
    return MergedSource.maps(Http.map(state.get("agents")).get("rows"));
  }

  private static List<@Nullable Object> reachable(Map<String, @Nullable Object> state) {
    return MergedSource.maps(state.get("jvms")).stream()
        .<@Nullable Object>map(jvm -> jvm.get("reachable"))
        .toList();
  }

  @Test
  void showSeveralAndLoseNothingOfTheOthersIfOneDies() throws Exception {
    GildRuntime first = Calls.runtime(data.resolve("one"));
    GildRuntime second = Calls.runtime(data.resolve("two"));
    makeCalls(first, "support");
    makeCalls(second, "billing");
    try (Consoles consoles =
        Consoles.of(data, List.of(Calls.console(first).url(), Calls.console(second).url()))) {
      String base = consoles.serve(0);
      String token = base.substring(base.indexOf("token=") + 6);
      String root = base.substring(0, base.indexOf("/#"));
      assertThat(Http.get(root + "/v1/state").statusCode()).isEqualTo(401);
      assertThat(Http.get(root + "/v1/state", "Authorization", "Bearer " + token).body())
          .contains("support", "billing");
      assertThat(agents(consoles.state()))
          .extracting(row -> row.get("agent"))
          .containsExactly("support", "billing");
      assertThat(Http.get(root + "/v1/calls?limit=1", "Authorization", "Bearer " + token).body())
          .contains("\"matched\":2", "\"shown\":1", "\"next\":\"");
      assertThat(Http.get(root + "/v1/cost?rows=agent", "Authorization", "Bearer " + token).body())
          .contains("\"totalUsd\":0.0003");
      second.close();
      Map<String, @Nullable Object> state = consoles.state();
      assertThat(reachable(state)).containsExactly(true, false);
      assertThat(agents(state))
          .extracting(row -> row.get("agent"))
          .containsExactly("support", "billing");
      assertThat(Http.get(root + "/v1/calls", "Authorization", "Bearer " + token).body())
          .contains("\"matched\":1", "support");
    } finally {
      first.close();
      second.close();
    }
  }

  @Test
  void findTheJvmsOfADataFolder() throws Exception {
    GildRuntime runtime = Calls.runtime(data);
    makeCalls(runtime, "support");
    PrivateFiles.write(
        data.resolve("console/999999999.json"),
        "{\"pid\":999999999,\"url\":\"http://127.0.0.1:1\",\"started\":1}");
    Files.writeString(data.resolve("console/half.json"), "{\"pid\":");
    try (Consoles consoles = Consoles.of(data, List.of())) {
      assertThat(agents(consoles.state())).hasSize(1);
      assertThat(data.resolve("console/999999999.json")).doesNotExist();
      String jvm = String.valueOf(agents(consoles.state()).get(0).get("jvm"));
      assertThat(Consoles.hasConsole(data, ProcessHandle.current().pid())).isTrue();
      Map<String, @Nullable Object> tree = Objects.requireNonNull(consoles.tree("", "2"));
      assertThat(tree.get("total")).isEqualTo(2L);
      assertThat(consoles.span(jvm, "2", "2")).containsKey("cost");
      assertThat(consoles.tree("", "99999")).isNull();
    } finally {
      runtime.close();
    }
  }

  @Test
  void readRecordedCallLogs() throws Exception {
    Path log =
        Files.writeString(
            data.resolve("calls.jsonl"),
            """
            {"time":"2026-11-30T10:00:00Z","event":"invoke_agent","agent":"support","method":"answer","outcome":"success","millis":12.5,"attempts":1,"model":"gpt-4o-mini","inputTokens":1000,"outputTokens":100,"costUsd":0.00021}
            {"time":"2026-11-30T10:00:00Z","event":"chat","agent":"model","method":"chat","outcome":"success","millis":10,"model":"gpt-4o-mini","inputTokens":1000,"outputTokens":100,"costUsd":0.00021}
            {"agent":"support"}
            not json
            {"time":5,"agent":"support","outcome":"failure","error":"java.io.IOException","millis":"x","new":{"field":[1]}}
            [1,2]
            {"time":"2026-11-30T10:00:01Z","agent":
            """);
    try (Consoles consoles = Consoles.of(data, List.of(log.toString()))) {
      Map<String, @Nullable Object> state = consoles.state();
      assertThat(agents(state)).hasSize(1);
      assertThat(agents(state).get(0))
          .containsEntry("calls", 3L)
          .containsEntry("failed", 1L)
          .containsEntry("costUsd", new java.math.BigDecimal("0.00021"));
      assertThat(MergedSource.maps(state.get("jvms")).get(0).get("lost").toString())
          .contains("count=3");
      assertThat(consoles.tree("calls.jsonl", "1")).containsEntry("total", 1);
    }
  }

  @Test
  void sayWhatACallLogDoesNotHave() throws Exception {
    Path log =
        Files.writeString(
            data.resolve("calls.jsonl"),
            """
            {"time":"2026-11-30T10:00:00Z","event":"retry","call":1,"agent":"support","method":"answer","attempt":1,"waitMillis":200}
            {"time":"2026-11-30T10:00:00Z","event":"invoke_agent","call":1,"agent":"support","method":"answer","outcome":"success","millis":12.5,"attempts":2,"sampled":0.1}
            {"time":"2026-11-30T10:00:01Z","event":"lines_lost","lost":123}
            """);
    try (Consoles consoles = Consoles.of(data, List.of(log.toString()))) {
      assertThat(agents(consoles.state()).get(0)).containsEntry("calls", 1L);
      assertThat(MergedSource.maps(consoles.state().get("jvms")).get(0).get("lost").toString())
          .contains("not a call of Gild's call log, count=0")
          .contains("lost when the log was written, count=123")
          .contains("left out by sampling, estimated, count=9");
    }
  }

  @Test
  void sayWhatATargetIsNot() {
    assertThatThrownBy(() -> Consoles.of(data, List.of("nothing")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\"nothing\" is neither");
    assertThatThrownBy(() -> Consoles.of(data, List.of("999999999")))
        .hasMessageContaining("has no console in");
    assertThatThrownBy(() -> Consoles.of(data, List.of("http://127.0.0.1:1")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Consoles.of(data, List.of("http://[")))
        .hasMessageContaining("is no address");
  }
}
