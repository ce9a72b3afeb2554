package io.gild.observability;

import io.gild.config.TokenKind;
import io.gild.core.CallKind;
import io.gild.core.MethodSpec;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Writes the attributes whose names depend on the version of the GenAI conventions.
 *
 * <p>Version 0.1 renames cache writes, and has neither provider nor version nor cached tokens in
 * spans of agents. Immutable.
 */
final class SpanWords {

  private static final String FUNCTION = "function";

  private final MethodSpec spec;
  private final SemanticConventions conventions;

  SpanWords(MethodSpec spec, SemanticConventions conventions) {
    this.spec = spec;
    this.conventions = conventions;
  }

  /** Writes what is known before a call. */
  void start(SpanBuilder builder) {
    builder
        .setAttribute(GenAi.OPERATION_NAME, spec.kind().operationName())
        .setAttribute(GenAi.AGENT_NAME, spec.agent());
    if (!spec.version().isEmpty()) {
      if (conventions.hasOld()) {
        builder.setAttribute(GenAi.AGENT_VERSION, spec.version());
      }
      if (conventions.hasNew()) {
        builder.setAttribute(GenAi.GILD_AGENT_VERSION, spec.version());
      }
    }
    if (spec.kind() == CallKind.TOOL) {
      builder.setAttribute(GenAi.TOOL_NAME, spec.methodName());
      builder.setAttribute(GenAi.TOOL_TYPE, FUNCTION);
    }
  }

  void provider(Span span, @Nullable String provider) {
    if (provider != null && (conventions.hasOld() || spec.kind().isModel())) {
      span.setAttribute(GenAi.PROVIDER_NAME, provider);
    }
  }

  void tokens(Span span, TokenKind kind, long count) {
    AttributeKey<Long> key = GenAi.tokens(kind);
    if (key == null || kind.whole() != null && count == 0) {
      return;
    }
    boolean cached = kind == TokenKind.CACHED_INPUT || kind == TokenKind.CACHE_WRITE;
    boolean hasNew = conventions.hasNew() && (spec.kind().isModel() || !cached);
    if (kind == TokenKind.CACHE_WRITE && hasNew) {
      span.setAttribute(GenAi.CACHE_WRITE_TOKENS, count);
    }
    if (conventions.hasOld() || hasNew && kind != TokenKind.CACHE_WRITE) {
      span.setAttribute(key, count);
    }
  }
}
