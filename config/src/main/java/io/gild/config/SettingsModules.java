package io.gild.config;

import io.gild.config.spi.SettingsModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The modules that are present: those that the class loader of the settings sees, unless another
 * one is named before the settings are used.
 */
public final class SettingsModules {

  private static volatile @Nullable ClassLoader named;

  private static final class Present {
    static final List<SettingsModule> VALUE = load();
  }

  private SettingsModules() {}

  /**
   * Has modules looked for elsewhere; without effect once any settings were used.
   *
   * @param loader a class loader whose parents include that of the settings
   */
  public static void findIn(ClassLoader loader) {
    named = loader;
  }

  /** Returns the modules; of two of one name, the first that was found counts. */
  private static List<SettingsModule> load() {
    ClassLoader known = named;
    ClassLoader loader = known == null ? SettingsModule.class.getClassLoader() : known;
    Map<String, SettingsModule> modules = new LinkedHashMap<>();
    for (SettingsModule module : ServiceLoader.load(SettingsModule.class, loader)) {
      modules.putIfAbsent(module.name(), module);
    }
    return List.copyOf(modules.values());
  }

  /**
   * Returns the commands of all modules.
   *
   * @return classes with picocli's {@code @Command}
   */
  public static List<Class<?>> commands() {
    return all(SettingsModule::commands);
  }

  static List<String> names() {
    return all(module -> List.of(module.name()));
  }

  static List<Section<?>> sections() {
    return all(SettingsModule::sections);
  }

  static List<PolicyType<?>> policyTypes() {
    return all(SettingsModule::policies);
  }

  private static <T> List<T> all(Function<SettingsModule, List<T>> brought) {
    List<T> all = new ArrayList<>();
    for (SettingsModule module : Present.VALUE) {
      all.addAll(brought.apply(module));
    }
    return all;
  }
}
