package io.gild.core;

import io.gild.config.Experimental;

/** What a governed call does, in the words of OpenTelemetry's GenAI conventions. */
@Experimental
public enum CallKind {
  /** An agent's method. */
  AGENT("invoke_agent"),
  /** One request to a chat model. */
  CHAT("chat"),
  /** One request to an embedding model. */
  EMBEDDINGS("embeddings"),
  /** One run of a tool. */
  TOOL("execute_tool");

  private final String operationName;

  CallKind(String operationName) {
    this.operationName = operationName;
  }

  /**
   * Returns the value of {@code gen_ai.operation.name}.
   *
   * @return the conventional name
   */
  public String operationName() {
    return operationName;
  }

  /**
   * Returns whether the call goes to a model.
   *
   * @return {@code true} for chat and embeddings
   */
  public boolean isModel() {
    return this == CHAT || this == EMBEDDINGS;
  }
}
