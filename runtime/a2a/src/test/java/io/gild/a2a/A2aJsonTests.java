package io.gild.a2a;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class A2aJsonTests {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private static A2aTask task() {
    A2aMessage asked =
        new A2aMessage(
            "m1",
            "c1",
            "t1",
            A2aRole.USER,
            List.of(
                A2aPart.text("hello"),
                A2aPart.raw(new byte[] {1, 2, 3}, "a.bin", "application/x"),
                A2aPart.url("https://example.com/a", "a.txt", "text/plain"),
                new A2aPart.Data(Map.of("n", 1L), null, null, Map.of("k", "v"))),
            Map.of("deep", List.of(1L, true)),
            List.of("urn:x"),
            List.of("t0"));
    return new A2aTask(
        "t1",
        "c1",
        new A2aTaskStatus(A2aTaskState.INPUT_REQUIRED, A2aMessage.ofAgent("more?"), NOON),
        List.of(A2aArtifact.of("r1", List.of(A2aPart.text("result")))),
        List.of(asked),
        Map.of("m", "x"));
  }

  @ParameterizedTest
  @EnumSource(A2aVersion.class)
  void readsWhatItHasWritten(A2aVersion version) {
    A2aTask task = task();
    A2aEvent status = new A2aStatusUpdate("t1", "c1", task.status(), Map.of("a", 1L));
    A2aEvent chunk =
        new A2aArtifactUpdate("t1", "c1", task.artifacts().get(0), true, true, Map.of());

    for (A2aEvent event : List.of(task, task.history().get(0), status, chunk)) {
      String text = Json.write(A2aJson.write(event, version));
      assertThat(A2aJson.event(Json.read(text))).as(text).isEqualTo(event);
    }
  }

  @Test
  void writesTheFormsOfBothVersions() {
    A2aTask task = task();

    assertThat(Json.write(A2aJson.write(task, A2aVersion.V1_0)))
        .startsWith("{\"task\":{\"id\":\"t1\"")
        .contains(
            "\"state\":\"TASK_STATE_INPUT_REQUIRED\"",
            "\"role\":\"ROLE_USER\"",
            "{\"raw\":\"AQID\",\"filename\":\"a.bin\",\"mediaType\":\"application/x\"}",
            "\"timestamp\":\"2026-01-31T12:00:00.000Z\"")
        .doesNotContain("\"kind\"");
    assertThat(Json.write(A2aJson.write(task, A2aVersion.V0_3)))
        .startsWith("{\"kind\":\"task\",\"id\":\"t1\"")
        .contains(
            "\"state\":\"input-required\"",
            "\"role\":\"user\"",
            "{\"kind\":\"file\",\"file\":{\"name\":\"a.bin\",\"mimeType\":\"application/x\","
                + "\"bytes\":\"AQID\"}}");
  }

  @Test
  void readsSnakeCaseAndDropsUnknownFields() {
    A2aMessage message =
        A2aJson.message(
            Json.read(
                """
                {"message_id": "m", "context_id": "c", "role": "ROLE_USER", "colour": "red",
                 "parts": [{"text": "x", "media_type": "text/plain", "size": 7}],
                 "reference_task_ids": ["t"]}
                """));

    assertThat(message.contextId()).isEqualTo("c");
    assertThat(message.parts().get(0).mediaType()).isEqualTo("text/plain");
    assertThat(message.referenceTaskIds()).containsExactly("t");
    assertThat(Json.write(A2aJson.writeMessage(message, A2aVersion.V1_0))).doesNotContain("red");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "\"x\"", "[1,null]", "{\"a\":null}", "true"})
  void keepsAnyValueOfAPart(String json) {
    A2aPart part = A2aJson.part(Json.read("{\"data\":" + json + "}"));

    assertThat(Json.write(A2aJson.writePart(part, A2aVersion.V1_0)))
        .isEqualTo("{\"data\":" + json + "}");
  }

  @Test
  void namesThePlaceOfWhatDoesNotFit() {
    assertThatThrownBy(
            () -> A2aJson.message(Json.read("{\"messageId\":\"m\",\"role\":\"ROLE_USER\"}")))
        .hasMessage("parts must contain at least one part");
    assertThatThrownBy(() -> A2aJson.message(Json.read("{\"role\":\"ROLE_USER\",\"parts\":[]}")))
        .hasMessage("messageId is required, but absent");
    assertThatThrownBy(() ->
            A2aJson.message(Json.read("{\"messageId\":\"m\",\"role\":\"user\",\"parts\":[{},{}]}")))
        .hasMessageStartingWith("parts[0]: a part must contain text, raw, url or data");
    assertThatThrownBy(() ->
            A2aJson.message(
                Json.read("{\"messageId\":\"m\",\"role\":\"boss\",\"parts\":[{\"text\":\"x\"}]}")))
        .hasMessage("role must be ROLE_USER or ROLE_AGENT, but is \"boss\"");
    assertThatThrownBy(() -> A2aJson.task(Json.read("{\"id\":\"t\"}")))
        .hasMessage("status is required, but absent");
    assertThatThrownBy(() -> A2aJson.task(null))
        .hasMessage("the value must be an object, but is null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a===", "!!!!", "YQ=a", "YWJjZA=====", "YQ\n="})
  void rejectsWhatIsNotBase64(String text) {
    assertThatThrownBy(() -> new A2aPart.Raw(text, null, null, Map.of()))
        .hasMessageStartingWith("raw must be Base64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"YWI=", "YWI", "-_-_", "-_8", ""})
  void readsBase64OfAnyAlphabet(String text) {
    assertThat(new A2aPart.Raw(text, null, null, Map.of()).bytes())
        .isEqualTo(java.util.Base64.getUrlDecoder().decode(text));
  }

  @Test
  void copiesToTheBottom() {
    List<Object> inner = new ArrayList<>(List.of("a"));
    A2aMessage message = A2aMessage.ofUser("x").withMetadata(Map.of("list", inner));
    inner.add("b");

    assertThat(message.metadata()).isEqualTo(Map.of("list", List.of("a")));
  }

  @Test
  void readsTheVersionsThatClientsName() {
    assertThat(A2aVersion.of(null)).isEqualTo(A2aVersion.V0_3);
    assertThat(A2aVersion.of(" ")).isEqualTo(A2aVersion.V0_3);
    assertThat(A2aVersion.of("1.0")).isEqualTo(A2aVersion.V1_0);
    assertThat(A2aVersion.of("1.0.7")).isEqualTo(A2aVersion.V1_0);
    assertThat(A2aVersion.of("99.0")).isNull();
    assertThat(A2aVersion.of("one")).isNull();
  }

  @Test
  void readsPushConfigurationsOfBothVersions() {
    A2aPushConfig config = new A2aPushConfig("p", "t", "https://x", "tok", "Bearer", "secret");

    for (A2aVersion version : A2aVersion.values()) {
      assertThat(A2aJson.pushConfig(A2aJson.writePushConfig(config, version))).isEqualTo(config);
    }
    assertThat(config.toString()).doesNotContain("secret", "tok");
  }

  @Test
  void readsItsCardInEitherVersion() {
    AgentCard card =
        AgentCard.builder("Echo", "answers")
            .interfaces(
                List.of(
                    AgentInterface.of("http://h/a", AgentInterface.JSON_RPC, A2aVersion.V1_0),
                    AgentInterface.of("http://h/a", AgentInterface.HTTP_JSON, A2aVersion.V1_0),
                    AgentInterface.of("http://h/a", AgentInterface.JSON_RPC, A2aVersion.V0_3)))
            .security(
                Map.of(
                    "token", new SecurityScheme.Http("Bearer", null, null),
                    "key", new SecurityScheme.ApiKey("header", "X-Key", "a key")),
                List.of(Map.of("token", List.of()), Map.of("key", List.of("read"))))
            .skills(AgentSkill.of("s", "S", "skill", "tag"))
            .build();
    Map<String, Object> json = A2aJson.writeCardOfBothVersions(card);

    assertThat(A2aJson.card(A2aJson.writeCard(card))).isEqualTo(card);
    assertThat(A2aJson.writeCard(card)).doesNotContainKeys("url", "protocolVersion", "security");
    assertThat(A2aJson.card(Json.read(Json.write(json)))).isEqualTo(card);
    json.remove("supportedInterfaces");
    json.remove("securityRequirements");
    AgentCard old = A2aJson.card(Json.read(Json.write(json)));
    assertThat(old.interfaces())
        .containsExactly(new AgentInterface("http://h/a", AgentInterface.JSON_RPC, "0.3.0", null));
    assertThat(old.security()).isEqualTo(card.security());
  }
}
