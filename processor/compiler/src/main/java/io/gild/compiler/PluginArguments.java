package io.gild.compiler;

import io.gild.config.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.Messager;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code -Xplugin:Gild}. */
final class PluginArguments {

  private static final String CLASSES = "classes";

  private static final String CONFIG = "config";
  private static final String RESOURCES = "resources";
  private static final List<String> KNOWN = List.of(CLASSES, CONFIG, RESOURCES);

  /** The options of the processor that the plugin supports, by their names here. */
  private static final Map<String, String> OPTIONS =
      Map.of(CONFIG, ProcessorOptions.CONFIG, RESOURCES, ProcessorOptions.RESOURCES);

  private final Map<String, String> values;
  private final List<String> unknown;

  private PluginArguments(Map<String, String> values, List<String> unknown) {
    this.values = values;
    this.unknown = unknown;
  }

  /** Reads {@code name=value} pairs; javac splits at blanks, so a value may continue after one. */
  static PluginArguments parse(String... args) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    String last = null;
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (equals >= 0 && KNOWN.contains(name)) {
        values.put(name, arg.substring(equals + 1));
        last = name;
      } else if (equals < 0 && last != null) {
        values.merge(last, arg, (value, more) -> value + " " + more);
      } else {
        unknown.add(name);
      }
    }
    return new PluginArguments(values, unknown);
  }

  /** Returns the folder of class files. */
  Optional<String> classes() {
    return Optional.ofNullable(values.get(CLASSES));
  }

  /** Returns the arguments as options of a processor. */
  Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    OPTIONS.forEach((name, option) -> {
      @Nullable String value = values.get(name);
      if (value != null) {
        options.put(option, value);
      }
    });
    return options;
  }

  /** Returns the mistakes, if any. */
  boolean tellProblems(Messager messager) {
    Diagnostics diagnostics = new Diagnostics(messager);
    for (String name : unknown) {
      diagnostics.anywhere(
          Message.PLUGIN_UNKNOWN_ARGUMENT, name, Suggestions.didYouMean(name, KNOWN));
    }
    if (!values.containsKey(CLASSES)) {
      diagnostics.anywhere(Message.PLUGIN_NO_CLASSES);
    }
    return diagnostics.errors() > 0;
  }
}
