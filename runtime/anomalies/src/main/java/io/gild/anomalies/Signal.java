package io.gild.anomalies;

import io.gild.config.Experimental;

/** What is watched of an agent. */
@Experimental
public enum Signal {
  /** Seconds per call whose method ran. */
  LATENCY("latency"),
  /** US dollars per call whose models all have a known price. */
  COST("cost"),
  /** US dollars per million tokens, which change with the model, its price, or its cached part. */
  PRICE("price"),
  /** Input and output tokens per call that asked a model. */
  TOKENS("tokens"),
  /** Share of the calls that failed or that a policy refused. */
  FAILURES("failures"),
  /** Share of the model's answers that decline to answer, by their finish reason. */
  REFUSALS("refusals"),
  /** Share of the runs of tools that failed. */
  TOOL_ERRORS("tool-errors");

  private final String key;

  Signal(String key) {
    this.key = key;
  }

  /**
   * Returns the name in meters and JSON.
   *
   * @return lower case with hyphens
   */
  public String key() {
    return key;
  }
}
