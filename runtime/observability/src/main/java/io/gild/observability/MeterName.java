package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.core.Counts.Event;
import java.util.Map;

/** Every meter of Gild; dashboards and alert rules are made from this list. */
@Experimental
public enum MeterName {
  /** Calls by outcome. */
  REQUESTS("gild.agent.requests", "Calls of agents by outcome"),
  /** Seconds per call whose method ran. */
  DURATION("gild.agent.duration", "Seconds per call; answers from the cache are not in it"),
  /** US dollars spent. */
  COST("gild.agent.cost", "US dollars spent by outermost calls"),
  /** Calls running now. */
  ACTIVE("gild.agent.active", "Calls running now"),
  /** Runs of the methods themselves. */
  ATTEMPTS("gild.agent.attempts", "Runs of the methods themselves, retries included"),
  /** Physical requests. */
  HTTP_ATTEMPTS("gild.http.attempts", "Physical requests to models"),
  /** Answers to physical requests. */
  HTTP_RESPONSES("gild.http.responses", "Ends of physical requests by class of status, or error"),
  /** Lookups of the cache. */
  CACHE("gild.cache.requests", "Lookups of the cache by result"),
  /** Repeated attempts. */
  RETRIES("gild.retry.attempts", "Attempts that followed a failed one"),
  /** Transitions and refusals of circuit breakers. */
  BREAKER("gild.circuitbreaker.events", "Transitions and refusals of circuit breakers"),
  /** Calls refused by the bulkhead. */
  BULKHEAD("gild.bulkhead.refused", "Calls refused because too many were running"),
  /** Calls refused by the rate limit. */
  RATE_LIMIT("gild.ratelimiter.refused", "Calls refused because the period was used up"),
  /** Calls refused by the budget. */
  BUDGET("gild.budget.refused", "Calls refused because the budget was spent"),
  /** Attempts given up. */
  TIMEOUTS("gild.timelimiter.exceeded", "Attempts that exceeded their time limit"),
  /** Calls that went on with another model. */
  FAILOVERS("gild.route.failovers", "Calls that went on with the next model"),
  /** Calls answered by the fallback. */
  FALLBACKS("gild.fallback.answers", "Calls answered by the fallback"),
  /** Side effects replayed. */
  REPLAYS("gild.effect.replays", "Side effects replayed instead of run again"),
  /** Seconds per model request. */
  CLIENT_DURATION("gen_ai.client.operation.duration", "Seconds per model request"),
  /** Tokens per model request. */
  CLIENT_TOKENS("gen_ai.client.token.usage", "Tokens per model request"),
  /** Seconds to the first chunk of a streamed answer. */
  CLIENT_FIRST_CHUNK(
      "gen_ai.client.operation.time_to_first_chunk",
      "Seconds from a model request to the first chunk of its streamed answer"),
  /** Tokens by special kind. */
  SPECIAL_TOKENS(
      "gild.model.tokens", "Tokens that input or output already include, by their special kind"),
  /** Output speed of a model. */
  OUTPUT_RATE(
      "gild.model.output.rate", "Output tokens per second of streams, from their first chunk on");

  /** The counted events behind a meter, each with the value of its {@code result} tag. */
  record Counted(MeterName meter, String result) {}

  static final Map<Event, Counted> COUNTED =
      Map.ofEntries(
          Map.entry(Event.SUCCEEDED, new Counted(REQUESTS, "success")),
          Map.entry(Event.FAILED, new Counted(REQUESTS, "failure")),
          Map.entry(Event.CANCELLED, new Counted(REQUESTS, "cancelled")),
          Map.entry(Event.REFUSED, new Counted(REQUESTS, "refused")),
          Map.entry(Event.ATTEMPT, new Counted(ATTEMPTS, "")),
          Map.entry(Event.HTTP_ATTEMPT, new Counted(HTTP_ATTEMPTS, "")),
          Map.entry(Event.HTTP_2XX, new Counted(HTTP_RESPONSES, "2xx")),
          Map.entry(Event.HTTP_3XX, new Counted(HTTP_RESPONSES, "3xx")),
          Map.entry(Event.HTTP_4XX, new Counted(HTTP_RESPONSES, "4xx")),
          Map.entry(Event.HTTP_5XX, new Counted(HTTP_RESPONSES, "5xx")),
          Map.entry(Event.HTTP_ERROR, new Counted(HTTP_RESPONSES, "error")),
          Map.entry(Event.CACHE_HIT, new Counted(CACHE, "hit")),
          Map.entry(Event.CACHE_MISS, new Counted(CACHE, "miss")),
          Map.entry(Event.CACHE_SHARED, new Counted(CACHE, "shared")),
          Map.entry(Event.RETRY, new Counted(RETRIES, "")),
          Map.entry(Event.BREAKER_OPENED, new Counted(BREAKER, "opened")),
          Map.entry(Event.BREAKER_CLOSED, new Counted(BREAKER, "closed")),
          Map.entry(Event.BREAKER_REFUSED, new Counted(BREAKER, "refused")),
          Map.entry(Event.BULKHEAD_REFUSED, new Counted(BULKHEAD, "")),
          Map.entry(Event.RATE_REFUSED, new Counted(RATE_LIMIT, "")),
          Map.entry(Event.BUDGET_REFUSED, new Counted(BUDGET, "")),
          Map.entry(Event.TIMED_OUT, new Counted(TIMEOUTS, "")),
          Map.entry(Event.FAILED_OVER, new Counted(FAILOVERS, "")),
          Map.entry(Event.FELL_BACK, new Counted(FALLBACKS, "")),
          Map.entry(Event.REPLAYED, new Counted(REPLAYS, "")));

  private final String meter;
  private final String description;

  MeterName(String meter, String description) {
    this.meter = meter;
    this.description = description;
  }

  /**
   * Returns Micrometer's name.
   *
   * @return the name with dots
   */
  public String meter() {
    return meter;
  }

  /**
   * Returns what is measured.
   *
   * @return one sentence
   */
  public String description() {
    return description;
  }
}
