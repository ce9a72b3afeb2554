package io.gild.synchronizers;

import io.gild.config.Suggestions;
import io.gild.core.HostClasses;
import io.gild.core.RuntimeScope;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.LeaseStoreProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Opens the engine that the settings name. */
final class Engines {

  static final String IN_PROCESS = "in-process";

  /** Engines that Gild brings in artifacts of their own. */
  private static final Map<String, String> ARTIFACTS =
      Map.of("redis", "io.gild:gild-synchronizers-redis", "nats", "io.gild:gild-coordination-nats");

  private Engines() {}

  static LeaseStore open(RuntimeScope runtime, String engine) {
    if (engine.equals(IN_PROCESS)) {
      return new InProcessLeaseStore(runtime.clock());
    }
    List<String> names = new ArrayList<>(List.of(IN_PROCESS));
    for (LeaseStoreProvider each :
        ServiceLoader.load(LeaseStoreProvider.class, Engines.class.getClassLoader())) {
      if (each.name().equals(engine)) {
        return each.open(runtime);
      }
      names.add(each.name());
    }
    throw new SynchronizerException(
        "synchronizers.engine is " + engine + remedy(engine, ARTIFACTS.get(engine), names));
  }

  private static String remedy(String engine, @Nullable String artifact, List<String> names) {
    if (artifact == null) {
      return "; expected one of "
          + String.join(", ", names)
          + "."
          + Suggestions.didYouMean(engine, names);
    }
    return HostClasses.attached()
        ? ", which the javaagent does not have: annotate the agents and add the dependency "
            + artifact
            + " to the application."
        : ", whose module is absent: add the dependency " + artifact + ".";
  }
}
