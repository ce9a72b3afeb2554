package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.ContentCaptured;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptContentTests {

  private static final String QUESTION =
      "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"a secret plan\"}]}]";

  private static final MethodSpec METHOD =
      MethodSpec.of("support", "com.acme.Support", "answer", "()Ljava/lang/String;");

  @TempDir Path data;
  private GildRuntime runtime;
  private String base;

  @BeforeEach
  void start() {
    runtime = Calls.runtime(data);
    base = Calls.console(runtime).url();
  }

  @AfterEach
  void end() {
    runtime.close();
  }

  private static ContentCaptured content(long call, boolean failed, int length) {
    return new ContentCaptured(METHOD, call, failed, "x".repeat(length), null, false);
  }

  @Test
  void keepsTheNewest() {
    KeptContent kept = new KeptContent(100_000);
    for (int i = 1; i <= 1_000; i++) {
      kept.add(content(i, false, 1_000));
    }
    assertThat(kept.of(1_000)).isNotNull();
    assertThat(kept.of(1)).isNull();
    assertThat(kept.kept()).isBetween(10L, 50L);
    assertThat(kept.captured()).isEqualTo(1_000);
  }

  @Test
  void keepsThatOfFailedCallsThroughAFloodOfGoodOnes() {
    KeptContent kept = new KeptContent(100_000);
    kept.add(content(1, true, 1_000));
    for (int i = 2; i <= 1_000; i++) {
      kept.add(content(i, false, 1_000));
    }
    assertThat(kept.of(1)).isNotNull();
  }

  @Test
  void keepsNothingThatIsLargerThanAllOfIt() {
    KeptContent kept = new KeptContent(1_000);
    kept.add(content(1, false, 10_000));
    assertThat(kept.of(1)).isNull();
    assertThat(kept.kept()).isZero();
  }

  /** Makes a call whose content is captured, and returns its address. */
  private String call(boolean captured) throws Exception {
    GovernedMethod support = Calls.method(runtime, CallKind.AGENT, "support", "answer");
    long[] number = new long[1];
    Calls.call(support, () -> number[0] = Objects.requireNonNull(AgentCall.current()).number());
    if (captured) {
      runtime
          .events()
          .channel(ContentCaptured.class)
          .publish(new ContentCaptured(METHOD, number[0], false, QUESTION, "{\"state\":1}", false));
    }
    Map<?, ?> call = Http.map(((List<?>) Http.json(base + "v1/calls").get("rows")).get(0));
    return call.get("jvm") + "/" + call.get("id");
  }

  private Map<?, ?> content(String call) throws Exception {
    String span = call.substring(call.indexOf('/') + 1);
    return Http.map(Json.read(trusted("v1/calls/" + call + "/spans/" + span + "/content").body()));
  }

  private HttpResponse<String> trusted(String path) throws Exception {
    String token = ConsoleFile.list(data).get(0).token();
    return Http.get(base + path, "Authorization", "Bearer " + token);
  }

  @Test
  void showsTheContentOfACallOnRequestAlone() throws Exception {
    String call = call(true);
    Map<?, ?> content = content(call);
    assertThat(content.get("captured")).isEqualTo(true);
    assertThat(content.get("input")).isEqualTo("user:\na secret plan");
    assertThat(content.get("output").toString()).contains("\"state\": 1");
    assertThat(content.get("kept")).isEqualTo("The content of 1 of 1 calls is kept in memory.");

    String id = call.substring(call.indexOf('/') + 1);
    String ofCall = "&jvm=" + call.substring(0, call.indexOf('/')) + "&id=" + id;
    for (String path :
        List.of(
            "v1/state",
            "v1/calls",
            "v1/calls/" + call,
            "v1/calls/" + call + "/spans/" + id,
            "v1/export?what=calls",
            "v1/export?what=call" + ofCall)) {
      assertThat(Http.get(base + path).body()).as(path).doesNotContain("secret plan");
    }
    String export = "v1/export?what=call&content=true" + ofCall;
    assertThat(trusted(export).body()).contains("secret plan");
    for (String path : List.of(export, "v1/calls/" + call + "/spans/" + id + "/content")) {
      HttpResponse<String> refused = Http.get(base + path);
      assertThat(refused.statusCode()).as(path).isEqualTo(401);
      assertThat(refused.body()).as(path).contains("\"token\":true").doesNotContain("secret plan");
    }
  }

  @Test
  void namesTheSwitchIfContentIsOff() throws Exception {
    Map<?, ?> content = content(call(false));
    assertThat(content.get("captured")).isEqualTo(false);
    assertThat(content.get("how").toString())
        .startsWith("Content is off for support. Set observe.content to true in gild.yaml");
  }

  @Test
  void namesTheCountsIfTheContentOfACallIsGone() throws Exception {
    call(true);
    Map<?, ?> content = content(call(false));
    assertThat(content.get("how").toString()).contains("is not kept", "1 of 1 calls");
  }
}
