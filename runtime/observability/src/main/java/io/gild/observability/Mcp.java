package io.gild.observability;

import io.opentelemetry.api.common.AttributeKey;

/** Attribute keys of the conventions for the Model Context Protocol. */
final class Mcp {

  static final AttributeKey<String> METHOD = AttributeKey.stringKey("mcp.method.name");
  static final AttributeKey<String> SESSION = AttributeKey.stringKey("mcp.session.id");
  static final AttributeKey<String> RESOURCE = AttributeKey.stringKey("mcp.resource.uri");
  static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("jsonrpc.request.id");
  static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("network.transport");
  static final AttributeKey<String> PROMPT = AttributeKey.stringKey("gen_ai.prompt.name");

  private Mcp() {}
}
