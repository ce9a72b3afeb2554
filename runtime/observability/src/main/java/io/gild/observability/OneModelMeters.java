package io.gild.observability;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallFacts;
import io.gild.core.CallKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleConsumer;

/**
 * The meters of one model in one method: time, tokens, time to first chunk, speed, reasons to stop.
 * Thread-safe.
 */
final class OneModelMeters {

  private static final int MOST_REASONS = 20;
  private static final TokenKind[] KINDS = TokenKind.values();

  private final MicrometerMeters meters;
  private final List<String> values;
  private final List<CallTimers> durations = new ArrayList<>();
  private final List<FirstChunks> firstChunks = new ArrayList<>();
  private final DoubleConsumer[] tokens = new DoubleConsumer[KINDS.length];
  private final InferenceTokens inferences;
  private final DistributionSummary rate;
  private final boolean old;
  private final Map<String, Counter> finishes = new ConcurrentHashMap<>();

  OneModelMeters(
      MicrometerMeters meters,
      SemanticConventions conventions,
      CallKind kind,
      List<String> values) {
    this.meters = meters;
    this.values = values;
    this.old = conventions.hasOld();
    this.inferences = InferenceTokens.of(meters, conventions, kind, values);
    if (old) {
      durations.add(new CallTimers(meters, ObservabilityMeter.CLIENT_DURATION.spec(), values));
      firstChunks.add(
          new FirstChunks(meters.timer(ObservabilityMeter.CLIENT_FIRST_CHUNK.spec(), values)));
    }
    if (conventions.hasNew()) {
      boolean chat = kind == CallKind.CHAT;
      durations.add(
          new CallTimers(
              meters,
              (chat
                      ? ObservabilityMeter.INFERENCE_DURATION
                      : ObservabilityMeter.EMBEDDINGS_DURATION)
                  .spec(),
              values));
      if (chat) {
        firstChunks.add(
            new FirstChunks(meters.timer(ObservabilityMeter.INFERENCE_FIRST_CHUNK.spec(), values)));
      }
    }
    for (TokenKind each : KINDS) {
      tokens[each.ordinal()] = each.whole() == null ? whole(each) : part(each)::increment;
    }
    this.rate = meters.summary(ObservabilityMeter.OUTPUT_RATE.spec(), values);
    finish("stop");
  }

  private DoubleConsumer whole(TokenKind kind) {
    return old
        ? meters.summary(
                ObservabilityMeter.CLIENT_TOKENS.spec(), MethodMeters.with(values, kind.type()))
            ::record
        : ignored -> {};
  }

  private Counter part(TokenKind kind) {
    return meters.counter(
        ObservabilityMeter.SPECIAL_TOKENS.spec(), MethodMeters.with(values, kind.type()));
  }

  private Counter finish(String reason) {
    Counter known = finishes.get(reason);
    if (known != null) {
      return known;
    }
    Counter made =
        meters.counter(ObservabilityMeter.FINISH.spec(), MethodMeters.with(values, reason));
    if (finishes.size() < MOST_REASONS) {
      finishes.put(reason, made);
    }
    return made;
  }

  void record(AgentCall call) {
    CallFacts facts = call.facts();
    durations.forEach(each -> each.record(call));
    if (facts.modelCalls() > 0) {
      Usage usage = facts.usage();
      for (TokenKind kind : KINDS) {
        tokens[kind.ordinal()].accept((double) usage.get(kind));
      }
      inferences.record(usage);
    }
    String reason = facts.finishReason();
    if (reason != null) {
      finish(reason).increment();
    }
    facts
        .timeToFirstChunkNanos()
        .ifPresent(nanos -> {
          firstChunks.forEach(each -> each.record(nanos));
          speed(call, nanos);
        });
  }

  private void speed(AgentCall call, long nanosToFirst) {
    long speaking = call.attemptEndNanos() - call.attemptStartNanos() - nanosToFirst;
    if (speaking > 0 && call.facts().usage().outputTokens() > 0) {
      rate.record(call.facts().usage().outputTokens() * 1e9 / speaking);
    }
  }
}
