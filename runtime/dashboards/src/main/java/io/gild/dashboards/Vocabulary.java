package io.gild.dashboards;

import io.gild.config.Experimental;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import java.util.Collection;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The declared meters, from which all queries are made. Immutable. */
@Experimental
public final class Vocabulary {

  private final Map<String, MeterSpec> meters = new TreeMap<>();

  private Vocabulary(Collection<MeterSpec> specs) {
    specs.forEach(spec -> meters.put(spec.name(), spec));
  }

  /**
   * Returns the meters of given declarations.
   *
   * @param specs the declarations
   * @return the vocabulary
   */
  public static Vocabulary of(Collection<MeterSpec> specs) {
    return new Vocabulary(specs);
  }

  /**
   * Returns the meters of all modules on the class path.
   *
   * @return the vocabulary
   */
  public static Vocabulary ofClassPath() {
    return new Vocabulary(
        ServiceLoader.load(SettingsModule.class, Vocabulary.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(GildModule.class::isInstance)
            .flatMap(module -> ((GildModule) module).meters().stream())
            .toList());
  }

  /**
   * Returns all meters.
   *
   * @return the declarations, by name
   */
  public Collection<MeterSpec> meters() {
    return meters.values();
  }

  /** Returns a meter for queries of dashboards, which choose jobs, instances and agents. */
  Metric chosen(String name) {
    return Metric.chosen(spec(name));
  }

  /** Returns a meter for queries of rules, which see all. */
  Metric all(String name) {
    return Metric.all(spec(name));
  }

  MeterSpec spec(String name) {
    MeterSpec spec = meters.get(name);
    if (spec == null) {
      throw new IllegalArgumentException("no module declares the meter " + name);
    }
    return spec;
  }
}
