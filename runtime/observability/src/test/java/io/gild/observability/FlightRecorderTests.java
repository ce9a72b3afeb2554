package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls in recordings of the Flight Recorder. */
class FlightRecorderTests {

  private final GildRuntime runtime =
      GildRuntime.builder()
          .settings(Settings.builder().yaml("gild.yaml", "observability: {log: false}").build())
          .module(new ObservabilityModule())
          .build();

  @AfterEach
  void close() {
    runtime.close();
  }

  private GovernedMethod method(CallKind kind, String name) {
    return runtime.method(
        new MethodSpec(
            kind,
            "support",
            "1.2",
            "com.acme.Support",
            name,
            "(Ljava/lang/Object;)Ljava/lang/Object;",
            List.of(),
            Effect.NONE,
            PolicyTree.empty()));
  }

  private static Object chat(Object[] arguments) {
    AgentCall.current().detail().recordUsage("gpt-5-mini", Usage.of(100, 20), 65_000);
    return "answer";
  }

  private static Object fail() {
    throw new IllegalStateException("out of order");
  }

  private void call() {
    GovernedMethod model = method(CallKind.CHAT, "chat");
    GovernedMethod tool = method(CallKind.TOOL, "lookUp");
    method(CallKind.AGENT, "answer")
        .call(
            null,
            arguments -> {
              try {
                tool.call(null, (Body) same -> fail(), "key");
              } catch (IllegalStateException failed) {
                assertThat(failed).hasMessage("out of order");
              }
              return model.call(null, FlightRecorderTests::chat, "a secret question");
            },
            "a secret question");
  }

  private List<RecordedEvent> recorded(Path folder, String... enabled) throws Exception {
    Path file = folder.resolve("calls.jfr");
    try (Recording recording = new Recording()) {
      for (String name : enabled) {
        recording.enable(name).withThreshold(Duration.ZERO);
      }
      recording.start();
      call(); // requests the classes of the events
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (!FlightProvider.isReady()) {
        assertThat(System.nanoTime()).as("the classes are loaded").isLessThan(deadline);
        Thread.sleep(5);
      }
      call();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().matches("io\\.gild\\..*Call"))
        .toList();
  }

  private static RecordedEvent named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void writesCallsOfAgentsModelsAndTools(@TempDir Path folder) throws Exception {
    List<RecordedEvent> events =
        recorded(folder, "io.gild.AgentCall", "io.gild.ModelCall", "io.gild.ToolCall");

    assertThat(events).hasSizeBetween(3, 6); // the first call may be missing in part
    RecordedEvent agent = named(events, "io.gild.AgentCall");
    assertThat(agent.getString("agent")).isEqualTo("support");
    assertThat(agent.getString("method")).isEqualTo("answer");
    assertThat(agent.getString("version")).isEqualTo("1.2");
    assertThat(agent.getString("outcome")).isEqualTo("success");
    assertThat(agent.getLong("nanoUsd")).isEqualTo(65_000);
    assertThat(agent.getDuration()).isPositive();
    RecordedEvent model = named(events, "io.gild.ModelCall");
    assertThat(model.getString("model")).isEqualTo("gpt-5-mini");
    assertThat(model.getLong("inputTokens")).isEqualTo(100);
    assertThat(model.getLong("outputTokens")).isEqualTo(20);
    RecordedEvent tool = named(events, "io.gild.ToolCall");
    assertThat(tool.getString("outcome")).isEqualTo("failure");
    assertThat(tool.getString("error")).isEqualTo("java.lang.IllegalStateException");
    assertThat(events).allSatisfy(event -> assertThat(event.toString()).doesNotContain("secret"));
  }
}
