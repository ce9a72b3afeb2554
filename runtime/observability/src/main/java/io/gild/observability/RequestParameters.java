package io.gild.observability;

import io.gild.core.DescribesItself;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parameters of a request to a model into its span: numbers, and the sequences at which
 * the model stops.
 */
final class RequestParameters {

  /** The first of the methods that exists is read. */
  private static final Map<AttributeKey<Double>, List<String>> FRACTIONS =
      Map.of(
          AttributeKey.doubleKey("gen_ai.request.temperature"),
          List.of("temperature", "getTemperature"),
          AttributeKey.doubleKey("gen_ai.request.top_p"),
          List.of("topP", "getTopP"),
          AttributeKey.doubleKey("gen_ai.request.frequency_penalty"),
          List.of("frequencyPenalty", "getFrequencyPenalty"),
          AttributeKey.doubleKey("gen_ai.request.presence_penalty"),
          List.of("presencePenalty", "getPresencePenalty"));

  private static final Map<AttributeKey<Long>, List<String>> NUMBERS =
      Map.of(
          AttributeKey.longKey("gen_ai.request.max_tokens"),
          List.of("maxOutputTokens", "getMaxTokens"),
          AttributeKey.longKey("gen_ai.request.seed"),
          List.of("seed", "getSeed"));

  private static final String PREFIX = "gen_ai.request.";
  private static final Set<String> WHOLE = Set.of("max_tokens", "seed");
  private static final List<String> TOP_K = List.of("topK", "getTopK");
  private static final List<String> STOPS = List.of("stopSequences", "getStopSequences");

  private RequestParameters() {}

  /** Writes the parameters of a request, if it is one. */
  static void write(Span span, @Nullable Object request, SemanticConventions conventions) {
    if (request instanceof DescribesItself described) {
      write(span, described.parameters(), conventions);
      return;
    }
    if (!LibraryMessages.knows(request)) {
      return;
    }
    Object options = LibraryMessages.read(request, "getOptions");
    Object own = options == null ? LibraryMessages.read(request, "parameters") : options;
    Object parameters = own == null ? request : own;
    FRACTIONS.forEach((key, methods) -> {
      if (first(parameters, methods) instanceof Number number) {
        span.setAttribute(key, number.doubleValue());
      }
    });
    NUMBERS.forEach((key, methods) -> {
      if (first(parameters, methods) instanceof Number number) {
        span.setAttribute(key, number.longValue());
      }
    });
    if (first(parameters, TOP_K) instanceof Number number) {
      topK(span, number, conventions);
    }
    if (first(parameters, STOPS) instanceof List<?> stops && !stops.isEmpty()) {
      span.setAttribute(GenAi.STOP_SEQUENCES, stops.stream().map(String::valueOf).toList());
    }
  }

  private static void write(
      Span span, Map<String, Object> parameters, SemanticConventions conventions) {
    parameters.forEach((name, value) -> {
      String key = PREFIX + name;
      if (key.equals(GenAi.TOP_K) && value instanceof Number number) {
        topK(span, number, conventions);
      } else if (WHOLE.contains(name) && value instanceof Number number) {
        span.setAttribute(AttributeKey.longKey(key), number.longValue());
      } else if (value instanceof Number number) {
        span.setAttribute(AttributeKey.doubleKey(key), number.doubleValue());
      } else if (value instanceof List<?> stops) {
        span.setAttribute(GenAi.STOP_SEQUENCES, stops.stream().map(String::valueOf).toList());
      }
    });
  }

  /** It is a fraction in 1.41 and whole in 0.1; one name has one type, and the older one wins. */
  private static void topK(Span span, Number number, SemanticConventions conventions) {
    if (conventions.hasOld()) {
      span.setAttribute(AttributeKey.doubleKey(GenAi.TOP_K), number.doubleValue());
    } else {
      span.setAttribute(AttributeKey.longKey(GenAi.TOP_K), number.longValue());
    }
  }

  private static @Nullable Object first(@Nullable Object parameters, List<String> methods) {
    for (String method : methods) {
      Object value = LibraryMessages.read(parameters, method);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
