package io.gild.config;

import io.gild.config.spi.SettingsModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The modules that are present: those that the class loader of the settings sees, unless another
 * one is named before the settings are used.
 */
@Experimental
public final class SettingsModules {

  private static volatile @Nullable ClassLoader named;

  private static final class Present {
    static final List<SettingsModule> VALUE = load();
  }

  private SettingsModules() {}

  /**
   * Searches another class loader for modules; has no effect after settings were used.
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
    List<Class<?>> commands = new ArrayList<>();
    for (SettingsModule module : Present.VALUE) {
      commands.addAll(module.commands());
    }
    return commands;
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (SettingsModule module : Present.VALUE) {
      names.add(module.name());
    }
    return names;
  }

  static List<Section<?>> sections() {
    List<Section<?>> sections = new ArrayList<>();
    for (SettingsModule module : Present.VALUE) {
      sections.addAll(module.sections());
    }
    return sections;
  }

  static List<PolicyType<?>> policyTypes() {
    List<PolicyType<?>> types = new ArrayList<>();
    for (SettingsModule module : Present.VALUE) {
      types.addAll(module.policies());
    }
    return types;
  }
}
