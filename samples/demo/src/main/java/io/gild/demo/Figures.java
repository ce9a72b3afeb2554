package io.gild.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The scored figures of one run. Null means "not reported".
 *
 * @param wrongCached wrong answers that no model gave to that question; null with a real provider
 * @param costUsd from the provider's log; null with a real provider
 * @param modelMix answered requests by model, from the provider's log
 * @param requestOutcomes requests by their fault, from the provider's log
 * @param errors failed questions by the exception the agent threw
 */
record Figures(
    int questions,
    int answeredCorrectly,
    int answeredWrongly,
    @Nullable Integer wrongCached,
    int failed,
    @Nullable BigDecimal costUsd,
    @Nullable Integer httpRequests,
    double p50Millis,
    double p95Millis,
    double p99Millis,
    double seconds,
    Map<String, Integer> modelMix,
    Map<String, Integer> requestOutcomes,
    Map<String, Integer> errors,
    GildReport gild) {

  Figures {
    modelMix = Collections.unmodifiableMap(new TreeMap<>(modelMix));
    requestOutcomes = Collections.unmodifiableMap(new TreeMap<>(requestOutcomes));
    errors = Collections.unmodifiableMap(new TreeMap<>(errors));
  }

  /** Returns the share of all questions that were answered, and correctly. */
  double successRate() {
    return (double) answeredCorrectly / questions;
  }

  /** Returns the share of all questions that got any answer. */
  double answerRate() {
    return 1 - (double) failed / questions;
  }

  @Nullable Double cacheHitRate() {
    Long hits = gild.cacheHits();
    return hits == null ? null : (double) hits / questions;
  }

  /** Returns whether Gild's count equals the provider's log; null if one of them is missing. */
  @Nullable Boolean attemptsMatch() {
    Long counted = gild.httpAttempts();
    return counted == null || httpRequests == null ? null : counted.intValue() == httpRequests;
  }

  ObjectNode toJson() {
    ObjectNode json = JsonMappers.PRETTY.createObjectNode();
    json.put("questions", questions);
    json.put("successRate", rounded(successRate(), 6));
    json.put("answerRate", rounded(answerRate(), 6));
    json.put("answeredCorrectly", answeredCorrectly);
    json.put("answeredWrongly", answeredWrongly);
    json.put("wrongCached", wrongCached);
    json.put("failed", failed);
    json.put("costUsd", costUsd == null ? null : costUsd.setScale(6, RoundingMode.HALF_EVEN));
    json.put("costUsdCountedByGild", gild.costUsd());
    json.put("httpRequests", httpRequests);
    json.put("httpAttemptsCountedByGild", gild.httpAttempts());
    json.put("httpAttemptsMatch", attemptsMatch());
    json.put("p50Millis", rounded(p50Millis, 3));
    json.put("p95Millis", rounded(p95Millis, 3));
    json.put("p99Millis", rounded(p99Millis, 3));
    json.put("seconds", rounded(seconds, 3));
    json.put("cacheHits", gild.cacheHits());
    json.put("cacheHitRate", cacheHitRate());
    json.put("retries", gild.retries());
    json.putObject("breakerEvents")
        .put("opened", gild.breakerOpened())
        .put("refused", gild.breakerRefused());
    json.set("modelMix", counts(modelMix));
    json.set("requestOutcomes", counts(requestOutcomes));
    json.set("errors", counts(errors));
    return json;
  }

  private static double rounded(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
  }

  private static ObjectNode counts(Map<String, Integer> counts) {
    ObjectNode json = JsonMappers.PRETTY.createObjectNode();
    counts.forEach(json::put);
    return json;
  }
}
