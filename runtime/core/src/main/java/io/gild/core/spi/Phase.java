package io.gild.core.spi;

/**
 * The fixed order in which a call passes the stages, outermost first.
 *
 * <p>A stage that asks for another attempt repeats only what lies inside it.
 */
public enum Phase {
  /** Spans, meters, log lines: sees everything, refusals and fallbacks included. */
  OBSERVE,
  /** Answers when everything inside failed; its answer is never cached. */
  FALLBACK,
  /** Replays the result of a side effect that an earlier attempt already had. */
  EFFECT,
  /** Answers from memory. */
  CACHE,
  /** Chooses the model, and the next one when the chosen one fails. */
  ROUTE,
  /** Reserves and settles money. */
  COST,
  /** Bounds calls per period. */
  RATE_LIMIT,
  /** Bounds calls at once. */
  BULKHEAD,
  /** Repeats attempts. */
  RETRY,
  /** Refuses attempts while the agent keeps failing. */
  CIRCUIT_BREAKER,
  /** Bounds one attempt in time. */
  TIME_LIMIT
}
