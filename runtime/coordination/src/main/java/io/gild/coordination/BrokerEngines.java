package io.gild.coordination;

import io.gild.config.Experimental;
import io.gild.config.Suggestions;
import io.gild.coordination.spi.BrokerEngine;
import io.gild.coordination.spi.BrokerEngineProvider;
import io.gild.core.RuntimeScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Opens the engine that the settings name. */
@Experimental
public final class BrokerEngines {

  /** The engine that keeps messages in the heap. */
  public static final String IN_PROCESS = "in-process";

  /** The engine that keeps messages in a folder. */
  public static final String FOLDER = "folder";

  /** Engines that Gild brings in artifacts of their own. */
  private static final Map<String, String> ARTIFACTS =
      Map.of("nats", "io.gild:gild-coordination-nats");

  private BrokerEngines() {}

  /**
   * Opens an engine.
   *
   * @param runtime the runtime, with the settings
   * @return the engine; the caller closes it
   * @throws CoordinationException if the engine is unknown or cannot be opened
   */
  public static BrokerEngine open(RuntimeScope runtime) {
    CoordinationSettings settings = runtime.settings().get(CoordinationSettings.SECTION);
    return switch (settings.engine()) {
      case IN_PROCESS -> EmbeddedEngine.inProcess(settings.limits(), runtime.clock());
      case FOLDER ->
          EmbeddedEngine.folder(
              settings.folder(runtime.settings().data()), settings.limits(), runtime.clock());
      default -> provided(runtime, settings);
    };
  }

  private static BrokerEngine provided(RuntimeScope runtime, CoordinationSettings settings) {
    List<String> names = new ArrayList<>(List.of(IN_PROCESS, FOLDER));
    for (BrokerEngineProvider each :
        ServiceLoader.load(BrokerEngineProvider.class, BrokerEngines.class.getClassLoader())) {
      if (each.name().equals(settings.engine())) {
        return each.open(runtime, settings.limits());
      }
      names.add(each.name());
    }
    String artifact = ARTIFACTS.get(settings.engine());
    throw new CoordinationException(
        "coordination.engine is "
            + settings.engine()
            + (artifact == null
                ? "; expected one of "
                    + String.join(", ", names)
                    + "."
                    + Suggestions.didYouMean(settings.engine(), names)
                : ", whose module is absent: add the dependency " + artifact + "."));
  }
}
