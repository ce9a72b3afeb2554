package io.gild.config;

import io.gild.config.spi.SettingsModule;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The modules that are present: those that the class loader of the settings sees. */
final class Modules {

  private static final List<SettingsModule> PRESENT = load();

  private Modules() {}

  private static List<SettingsModule> load() {
    List<SettingsModule> modules = new ArrayList<>();
    ServiceLoader.load(SettingsModule.class, SettingsModule.class.getClassLoader())
        .forEach(modules::add);
    return List.copyOf(modules);
  }

  static List<PolicyType<?>> policyTypes() {
    List<PolicyType<?>> types = new ArrayList<>();
    PRESENT.forEach(module -> types.addAll(module.policies()));
    return types;
  }
}
