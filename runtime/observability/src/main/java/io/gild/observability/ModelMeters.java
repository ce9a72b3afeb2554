package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The meters of one method that asks models, by model: time, tokens, first pieces, speed. */
final class ModelMeters {

  /** More models than that of one method share their meters, lest a scraper drown. */
  private static final int MOST = 100;

  private static final String UNKNOWN = "unknown";
  private static final Model OTHERS = new Model("other", "other");

  /** A model, as the conventions tell it. */
  private record Model(String provider, String name) {

    static Model of(AgentCall call) {
      String requested = call.requestModel();
      return new Model(
          known(call.provider()), known(requested == null ? call.responseModel() : requested));
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
    private final DistributionSummary input;
    private final DistributionSummary output;
    private final Counter cacheReads;
    private final Counter cacheWrites;
    private final Counter reasoning;
    private final Counter hourCacheWrites;
    private final Counter inputAudio;
    private final Counter outputAudio;
    private final Timer firstChunk;
    private final DistributionSummary rate;

    OfOne(MeterRegistry registry, Tags tags) {
      this.durations = new CallTimers(registry, MeterName.CLIENT_DURATION, tags);
      this.input = tokens(registry, tags, "input");
      this.output = tokens(registry, tags, "output");
      this.cacheReads = special(registry, tags, "cache_read");
      this.cacheWrites = special(registry, tags, "cache_creation");
      this.reasoning = special(registry, tags, "reasoning");
      this.hourCacheWrites = special(registry, tags, "cache_creation_1h");
      this.inputAudio = special(registry, tags, "input_audio");
      this.outputAudio = special(registry, tags, "output_audio");
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
      if (call.modelCalls() > 0) {
        tokens(call.usage());
      }
      call.timeToFirstChunkNanos()
          .ifPresent(nanos -> {
            firstChunk.record(nanos, TimeUnit.NANOSECONDS);
            speed(call, nanos);
          });
    }

    private void tokens(Usage usage) {
      input.record(usage.inputTokens());
      output.record(usage.outputTokens());
      cacheReads.increment(usage.cachedInputTokens());
      cacheWrites.increment(usage.cacheWriteTokens());
      reasoning.increment(usage.reasoningTokens());
      hourCacheWrites.increment(usage.hourCacheWriteTokens());
      inputAudio.increment(usage.inputAudioTokens());
      outputAudio.increment(usage.outputAudioTokens());
    }

    private void speed(AgentCall call, long nanosToFirst) {
      long speaking = call.attemptEndNanos() - call.attemptStartNanos() - nanosToFirst;
      if (speaking > 0 && call.usage().outputTokens() > 0) {
        rate.record(call.usage().outputTokens() * 1e9 / speaking);
      }
    }

    private static DistributionSummary tokens(MeterRegistry registry, Tags tags, String type) {
      return DistributionSummary.builder(MeterName.CLIENT_TOKENS.meter())
          .description(MeterName.CLIENT_TOKENS.description())
          .baseUnit("token")
          .tags(tags.and("gen_ai.token.type", type))
          .register(registry);
    }

    private static Counter special(MeterRegistry registry, Tags tags, String kind) {
      return Counter.builder(MeterName.SPECIAL_TOKENS.meter())
          .description(MeterName.SPECIAL_TOKENS.description())
          .baseUnit("token")
          .tags(tags.and("kind", kind))
          .register(registry);
    }
  }
}
