package io.gild.maven;

import io.gild.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the annotation processor wrote of a module's agents.
 *
 * @param agents the agents, by the names of their types
 */
record Registry(List<Agent> agents) {

  /** Where the files are, below the folder of classes. */
  static final String FOLDER = "META-INF/gild/agents";

  /** An agent. */
  record Agent(String type, String name, List<Method> methods) {}

  /**
   * A governed method.
   *
   * @param parameters how many parameters it has
   * @param required how many of them a golden task must give
   * @param modelParameter index of the one that receives the routed model; -1 if none does
   */
  record Method(
      String name,
      String descriptor,
      int parameters,
      int required,
      int modelParameter,
      List<Map<String, Object>> golden) {}

  static Registry read(Path classes) {
    Path folder = classes.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return new Registry(List.of());
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new Registry(
          files
              .filter(file -> file.toString().endsWith(".json"))
              .sorted()
              .map(Registry::agent)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Agent agent(Path file) {
    try {
      Map<String, Object> entry = map(Json.read(Files.readString(file)));
      List<Method> methods = new ArrayList<>();
      maps(entry.get("methods")).forEach(method -> methods.add(method(method)));
      return new Agent(text(entry, "type"), text(entry, "agent"), methods);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + ":" + e.getMessage() + ". Compile the module again.", e);
    }
  }

  private static Method method(Map<String, Object> entry) {
    List<Map<String, Object>> parameters = maps(entry.get("parameters"));
    List<String> optional = List.of("model", "tenant", "session");
    int left = 0;
    for (Map<String, Object> parameter : parameters) {
      left += optional.contains(text(parameter, "role")) ? 1 : 0;
    }
    return new Method(
        text(entry, "name"),
        text(entry, "descriptor"),
        parameters.size(),
        parameters.size() - left,
        parameters.stream().map(each -> text(each, "role")).toList().indexOf("model"),
        maps(entry.get("golden")));
  }

  static String text(Map<String, Object> entry, String key) {
    Object value = entry.get(key);
    return value == null ? "" : value.toString();
  }

  private static List<Map<String, Object>> maps(@Nullable Object value) {
    List<Map<String, Object>> maps = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> maps.add(map(item)));
    }
    return maps;
  }

  @SuppressWarnings("unchecked") // the reader of JSON makes maps with texts as keys
  static Map<String, Object> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException(" expected a JSON object");
  }
}
