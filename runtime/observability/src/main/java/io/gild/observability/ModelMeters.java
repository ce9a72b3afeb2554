package io.gild.observability;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one method that calls models, by model: time, tokens, time to first chunk, speed.
 */
final class ModelMeters {

  /** Further models of one method share their meters, to limit the number of time series. */
  private static final int MOST = 100;

  private static final TokenKind[] KINDS = TokenKind.values();
  private static final String UNKNOWN = "unknown";
  private static final Model OTHERS = new Model("other", "other");

  /** A model, in the conventions' terms. */
  private record Model(String provider, String name) {

    static Model of(AgentCall call) {
      String requested = call.requestModel();
      return new Model(
          known(call.provider()),
          known(requested == null ? call.facts().responseModel() : requested));
    }

    private static String known(@Nullable String name) {
      return name == null ? UNKNOWN : name;
    }
  }

  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<Model, OfOne> models = new ConcurrentHashMap<>();

  ModelMeters(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
  }

  void record(AgentCall call) {
    Model model = Model.of(call);
    OfOne known = models.get(model);
    if (known == null) {
      known = models.computeIfAbsent(models.size() < MOST ? model : OTHERS, this::made);
    }
    known.record(call);
  }

  private OfOne made(Model model) {
    return new OfOne(
        registry,
        tags.and("gen_ai.provider.name", model.provider(), "gen_ai.request.model", model.name()));
  }

  /** The meters of one model. */
  private static final class OfOne {

    private final CallTimers durations;
    private final DoubleConsumer[] tokens = new DoubleConsumer[KINDS.length];
    private final Timer firstChunk;
    private final DistributionSummary rate;

    OfOne(MeterRegistry registry, Tags tags) {
      this.durations = new CallTimers(registry, MeterName.CLIENT_DURATION, tags);
      for (TokenKind kind : KINDS) {
        tokens[kind.ordinal()] =
            kind.whole() == null
                ? whole(registry, tags, kind)::record
                : part(registry, tags, kind)::increment;
      }
      this.firstChunk =
          Timer.builder(MeterName.CLIENT_FIRST_CHUNK.meter())
              .description(MeterName.CLIENT_FIRST_CHUNK.description())
              .tags(tags)
              .serviceLevelObjectives(CallTimers.BUCKETS)
              .register(registry);
      this.rate =
          DistributionSummary.builder(MeterName.OUTPUT_RATE.meter())
              .description(MeterName.OUTPUT_RATE.description())
              .baseUnit("tokens_per_second")
              .serviceLevelObjectives(5, 10, 20, 40, 80, 160, 320)
              .tags(tags)
              .register(registry);
    }

    void record(AgentCall call) {
      durations.record(call);
      if (call.facts().modelCalls() > 0) {
        tokens(call.facts().usage());
      }
      call.facts()
          .timeToFirstChunkNanos()
          .ifPresent(nanos -> {
            firstChunk.record(nanos, TimeUnit.NANOSECONDS);
            speed(call, nanos);
          });
    }

    private void tokens(Usage usage) {
      for (TokenKind kind : KINDS) {
        tokens[kind.ordinal()].accept((double) usage.get(kind));
      }
    }

    private void speed(AgentCall call, long nanosToFirst) {
      long speaking = call.attemptEndNanos() - call.attemptStartNanos() - nanosToFirst;
      if (speaking > 0 && call.facts().usage().outputTokens() > 0) {
        rate.record(call.facts().usage().outputTokens() * 1e9 / speaking);
      }
    }

    private static DistributionSummary whole(MeterRegistry registry, Tags tags, TokenKind kind) {
      return DistributionSummary.builder(MeterName.CLIENT_TOKENS.meter())
          .description(MeterName.CLIENT_TOKENS.description())
          .baseUnit("token")
          .tags(tags.and("gen_ai.token.type", kind.type()))
          .register(registry);
    }

    private static Counter part(MeterRegistry registry, Tags tags, TokenKind kind) {
      return Counter.builder(MeterName.SPECIAL_TOKENS.meter())
          .description(MeterName.SPECIAL_TOKENS.description())
          .baseUnit("token")
          .tags(tags.and("kind", kind.type()))
          .register(registry);
    }
  }
}
