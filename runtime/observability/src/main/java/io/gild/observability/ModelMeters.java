package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The meters of one method that calls models, by model. Thread-safe. */
final class ModelMeters {

  private static final String UNKNOWN = "unknown";
  private static final Model OTHERS = new Model(SeriesLimits.OTHER, SeriesLimits.OTHER);

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

  private final MicrometerMeters meters;
  private final SemanticConventions conventions;
  private final List<String> values;
  private final CallKind kind;
  private final Map<Model, OneModelMeters> models = new ConcurrentHashMap<>();

  /**
   * Creates the meters.
   *
   * @param values agent, method and version
   */
  ModelMeters(
      MicrometerMeters meters,
      SemanticConventions conventions,
      List<String> values,
      CallKind kind) {
    this.meters = meters;
    this.conventions = conventions;
    this.values = values;
    this.kind = kind;
  }

  void record(AgentCall call) {
    Model model = Model.of(call);
    OneModelMeters known = models.get(model);
    if (known == null) {
      boolean room = models.size() < SeriesLimits.MOST_MODELS;
      if (!room) {
        meters.limits().count();
      }
      known =
          models.computeIfAbsent(room ? model : OTHERS, absent -> made(absent, outermost(call)));
    }
    known.record(call);
  }

  private OneModelMeters made(Model model, String agent) {
    Throttling.register(meters, agent, model.provider());
    return new OneModelMeters(
        meters,
        conventions,
        kind,
        MethodMeters.with(values, kind.operationName(), model.provider(), model.name()));
  }

  /** Returns the agent that the requests of a call are counted for. */
  static String outermost(AgentCall call) {
    AgentCall outermost = call;
    for (AgentCall each = call; each != null; each = each.parent()) {
      outermost = each;
    }
    return outermost.method().spec().agent();
  }
}
