package io.gild.observability;

import io.gild.config.TokenKind;
import io.opentelemetry.api.common.AttributeKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attribute keys of spans, as OpenTelemetry's GenAI conventions 1.41.1 name them, unless they are
 * of 0.1 or Gild's own.
 */
final class GenAi {

  static final AttributeKey<String> OPERATION_NAME =
      AttributeKey.stringKey("gen_ai.operation.name");
  static final AttributeKey<String> AGENT_NAME = AttributeKey.stringKey("gen_ai.agent.name");
  static final AttributeKey<String> AGENT_VERSION = AttributeKey.stringKey("gen_ai.agent.version");
  static final AttributeKey<String> CONVERSATION_ID =
      AttributeKey.stringKey("gen_ai.conversation.id");
  static final AttributeKey<String> TOOL_NAME = AttributeKey.stringKey("gen_ai.tool.name");
  static final AttributeKey<String> TOOL_TYPE = AttributeKey.stringKey("gen_ai.tool.type");
  static final AttributeKey<List<String>> STOP_SEQUENCES =
      AttributeKey.stringArrayKey("gen_ai.request.stop_sequences");
  static final AttributeKey<Boolean> STREAM = AttributeKey.booleanKey("gen_ai.request.stream");

  /** The name alone: its type depends on the version of the conventions. */
  static final String TOP_K = "gen_ai.request.top_k";

  /** The name of written cache tokens in 0.1. */
  static final AttributeKey<Long> CACHE_WRITE_TOKENS =
      AttributeKey.longKey("gen_ai.usage.cache_write.input_tokens");

  /** The version of an agent under 0.1, which removed its attribute. */
  static final AttributeKey<String> GILD_AGENT_VERSION =
      AttributeKey.stringKey("gild.agent.version");

  static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
  static final AttributeKey<String> RESPONSE_MODEL =
      AttributeKey.stringKey("gen_ai.response.model");
  static final AttributeKey<String> PROVIDER_NAME = AttributeKey.stringKey("gen_ai.provider.name");
  static final AttributeKey<String> RESPONSE_ID = AttributeKey.stringKey("gen_ai.response.id");
  static final AttributeKey<Double> TIME_TO_FIRST_CHUNK =
      AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");
  static final AttributeKey<List<String>> FINISH_REASONS =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  /** Gild's own: the conventions have no cost yet. */
  static final AttributeKey<Double> COST_USD = AttributeKey.doubleKey("gild.cost.usd");

  /** Whether the cost is a lower bound, because one of the models used has no known price. */
  static final AttributeKey<Boolean> COST_PARTIAL = AttributeKey.booleanKey("gild.cost.partial");

  /**
   * Names of the tools that a model requested; the conventions have them only with their arguments.
   */
  static final AttributeKey<List<String>> TOOL_CALLS =
      AttributeKey.stringArrayKey("gild.response.tool_calls");

  static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("gild.attempts");
  static final AttributeKey<Long> HTTP_ATTEMPTS = AttributeKey.longKey("gild.http.attempts");

  /** Why a call has a span although its trace is not recorded: error, slow, expensive, inside. */
  static final AttributeKey<String> KEPT = AttributeKey.stringKey("gild.kept");

  /** Whether a new version answers a call a second time, for a comparison. */
  static final AttributeKey<Boolean> SHADOW = AttributeKey.booleanKey("gild.shadow");

  /** Whether a request belongs to an attempt that was given up, but still runs. */
  static final AttributeKey<Boolean> ABANDONED = AttributeKey.booleanKey("gild.abandoned");

  /** Whether the cache answered: {@code hit}, {@code shared} or {@code miss}. */
  static final AttributeKey<String> CACHE = AttributeKey.stringKey("gild.cache");

  private static final Map<TokenKind, AttributeKey<Long>> TOKENS = tokens();

  private GenAi() {}

  /** Returns the key of a kind of tokens, or null if the conventions have none. */
  static @Nullable AttributeKey<Long> tokens(TokenKind kind) {
    return TOKENS.get(kind);
  }

  private static Map<TokenKind, AttributeKey<Long>> tokens() {
    Map<TokenKind, AttributeKey<Long>> keys = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TokenKind.values()) {
      String attribute = kind.attribute();
      if (attribute != null) {
        keys.put(kind, AttributeKey.longKey(attribute));
      }
    }
    return keys;
  }
}
