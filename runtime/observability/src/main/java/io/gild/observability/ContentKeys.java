package io.gild.observability;

import io.opentelemetry.api.common.AttributeKey;

/** Attribute keys of prompts and answers, which are the same in all versions of the conventions. */
final class ContentKeys {

  /** What an agent or a model was given: a JSON list of messages. */
  static final AttributeKey<String> INPUT_MESSAGES =
      AttributeKey.stringKey("gen_ai.input.messages");

  /** What a model was given before the messages: a JSON list of parts. */
  static final AttributeKey<String> SYSTEM_INSTRUCTIONS =
      AttributeKey.stringKey("gen_ai.system_instructions");

  /** What it answered: a JSON list of messages. */
  static final AttributeKey<String> OUTPUT_MESSAGES =
      AttributeKey.stringKey("gen_ai.output.messages");

  /** The tools that a model may call: a JSON list. */
  static final AttributeKey<String> TOOL_DEFINITIONS =
      AttributeKey.stringKey("gen_ai.tool.definitions");

  /** The arguments of a tool by their names: a JSON object. */
  static final AttributeKey<String> TOOL_ARGUMENTS =
      AttributeKey.stringKey("gen_ai.tool.call.arguments");

  /** What a tool returned, as JSON. */
  static final AttributeKey<String> TOOL_RESULT = AttributeKey.stringKey("gen_ai.tool.call.result");

  /** Whether a part of the content was left out because of its size. */
  static final AttributeKey<Boolean> TRUNCATED = AttributeKey.booleanKey("gild.content.truncated");

  private ContentKeys() {}
}
