package io.gild.weaver;

import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens packages of the JDK and of applications to the agent alone. */
public final class OpenPackages {

  private OpenPackages() {}

  /**
   * Opens packages of a module; a module that this JVM does not have is passed over.
   *
   * @param instrumentation the JVM's
   * @param moduleName name of the module
   * @param packages names of the packages
   */
  public static void open(Instrumentation instrumentation, String moduleName, String... packages) {
    Optional<Module> module = ModuleLayer.boot().findModule(moduleName);
    if (module.isPresent()) {
      open(instrumentation, module.get(), packages);
    }
  }

  /**
   * Opens the package of a class.
   *
   * @param instrumentation the JVM's
   * @param type the class
   */
  public static void open(Instrumentation instrumentation, Class<?> type) {
    if (!type.getModule().isOpen(type.getPackageName(), OpenPackages.class.getModule())) {
      open(instrumentation, type.getModule(), type.getPackageName());
    }
  }

  private static void open(Instrumentation instrumentation, Module module, String... packages) {
    Set<Module> self = Set.of(OpenPackages.class.getModule());
    Map<String, Set<Module>> opened = new HashMap<>();
    for (String each : packages) {
      opened.put(each, self);
    }
    instrumentation.redefineModule(module, Set.of(), Map.of(), opened, Set.of(), Map.of());
  }
}
