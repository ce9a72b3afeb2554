package io.gild.config;

import io.gild.config.spi.SettingsModule;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The modules that are present: those that the class loader of the settings sees, unless another
 * one is named before the settings are used. A module that fails is left out with a {@linkplain
 * #problems() problem}, so that it cannot stop the application.
 */
@Experimental
public final class SettingsModules {

  /** A class loader that fails always must not be searched forever. */
  private static final int MOST_FAULTS = 100;

  private static volatile @Nullable ClassLoader named;

  private static final class Present {
    static final Problems PROBLEMS = new Problems();
    static final Map<String, Declared> MODULES = load(PROBLEMS);
  }

  /** What a module declares, read once. */
  private record Declared(
      List<Section<?>> sections, List<PolicyType<?>> policies, List<Class<?>> commands) {

    static Declared by(SettingsModule module) {
      return new Declared(
          List.copyOf(module.sections()),
          List.copyOf(module.policies()),
          List.copyOf(module.commands()));
    }
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

  /**
   * Finds the modules that a class loader sees.
   *
   * @param loader the class loader; {@code null} for that of the JVM
   * @param problems takes a problem for each module that cannot be loaded
   * @return the other modules
   */
  public static List<SettingsModule> find(@Nullable ClassLoader loader, Problems problems) {
    List<SettingsModule> modules = new ArrayList<>();
    Iterator<SettingsModule> found = ServiceLoader.load(SettingsModule.class, loader).iterator();
    for (int faults = 0; faults < MOST_FAULTS; ) {
      try {
        if (!found.hasNext()) {
          break;
        }
        modules.add(found.next());
      } catch (ServiceConfigurationError | LinkageError broken) {
        faults++;
        problems.add(
            Origin.of("class path"), "", "a module of Gild cannot be loaded: " + reason(broken));
      }
    }
    return modules;
  }

  private static String reason(Throwable fault) {
    Throwable cause = fault.getCause();
    return fault.getMessage() + (cause == null ? "" : " (" + cause + ")");
  }

  /** Returns the modules by name; of two of one name, the first that was found counts. */
  private static Map<String, Declared> load(Problems problems) {
    ClassLoader known = named;
    ClassLoader loader = known == null ? SettingsModule.class.getClassLoader() : known;
    Map<String, Declared> modules = new LinkedHashMap<>();
    for (SettingsModule module : find(loader, problems)) {
      try {
        modules.putIfAbsent(module.name(), Declared.by(module));
      } catch (RuntimeException | LinkageError fault) {
        problems.add(
            Origin.of("class path"),
            "",
            "the module " + module.getClass().getName() + " cannot be used: " + fault);
      }
    }
    return modules;
  }

  /**
   * Returns the commands of all modules.
   *
   * @return classes with picocli's {@code @Command}
   */
  public static List<Class<?>> commands() {
    List<Class<?>> commands = new ArrayList<>();
    for (Declared module : Present.MODULES.values()) {
      commands.addAll(module.commands());
    }
    return commands;
  }

  /**
   * Returns why modules are left out.
   *
   * @return a problem for each module that cannot be loaded or used
   */
  public static List<Problem> problems() {
    return Present.PROBLEMS.list();
  }

  static boolean has(String name) {
    return Present.MODULES.containsKey(name);
  }

  static List<Section<?>> sections() {
    List<Section<?>> sections = new ArrayList<>();
    for (Declared module : Present.MODULES.values()) {
      sections.addAll(module.sections());
    }
    return sections;
  }

  static List<PolicyType<?>> policyTypes() {
    List<PolicyType<?>> types = new ArrayList<>();
    for (Declared module : Present.MODULES.values()) {
      types.addAll(module.policies());
    }
    return types;
  }
}
