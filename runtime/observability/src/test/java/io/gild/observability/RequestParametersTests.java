package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.gild.core.AgentCall;
import io.gild.core.DescribesItself;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestParametersTests {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private static Attributes written(@Nullable Object request, SemanticConventions conventions) {
    OTEL.clearSpans();
    Span span = OTEL.getOpenTelemetry().getTracer("test").spanBuilder("chat").startSpan();
    RequestParameters.write(span, request, conventions);
    span.end();
    return OTEL.getSpans().get(0).getAttributes();
  }

  private static DescribesItself request(Map<String, Object> parameters) {
    return new DescribesItself() {
      @Override
      public void describe(AgentCall call) {}

      @Override
      public Map<String, Object> parameters() {
        return parameters;
      }
    };
  }

  @Test
  void writesWhatARequestSaysOfItself() {
    DescribesItself request =
        request(
            Map.of(
                "temperature",
                0.5,
                "top_k",
                40L,
                "max_tokens",
                100,
                "seed",
                7L,
                "stop_sequences",
                List.of("END")));

    assertThat(written(request, SemanticConventions.V0_1).asMap())
        .isEqualTo(
            Attributes.builder()
                .put("gen_ai.request.temperature", 0.5)
                .put("gen_ai.request.top_k", 40L)
                .put("gen_ai.request.max_tokens", 100L)
                .put("gen_ai.request.seed", 7L)
                .put(GenAi.STOP_SEQUENCES, List.of("END"))
                .build()
                .asMap());
    assertThat(
            written(request, SemanticConventions.BOTH)
                .get(AttributeKey.doubleKey("gen_ai.request.top_k")))
        .isEqualTo(40.0);
  }

  @Test
  void writesNothingOfARequestThatSaysNothing() {
    assertThat(written(request(Map.of()), SemanticConventions.BOTH).isEmpty()).isTrue();
    assertThat(written("text", SemanticConventions.BOTH).isEmpty()).isTrue();
    assertThat(written(null, SemanticConventions.BOTH).isEmpty()).isTrue();
  }

  @Test
  void readsTheSameClassAgain() {
    ChatRequest request =
        ChatRequest.builder().messages(UserMessage.from("Hello")).temperature(0.5).build();

    Attributes first = written(request, SemanticConventions.BOTH);

    assertThat(first.get(AttributeKey.doubleKey("gen_ai.request.temperature"))).isEqualTo(0.5);
    assertThat(written(request, SemanticConventions.BOTH).asMap()).isEqualTo(first.asMap());
  }
}
