package io.gild.evaluation;

import io.gild.config.GoldenFile;
import io.gild.config.GoldenSpec;
import io.gild.config.Json;
import io.gild.core.AgentRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The golden tasks of one class, as the compiler wrote them into its registry.
 *
 * @param agent name of the agent
 * @param className binary name of the class
 * @param wrapper binary name of its generated wrapper, or {@code null}
 * @param methods the methods with their tasks
 */
record GoldenAgent(
    String agent, String className, @Nullable String wrapper, List<GoldenMethod> methods) {

  /**
   * One method and its tasks.
   *
   * @param name simple name
   * @param descriptor erased descriptor
   * @param roles the part of each parameter, such as {@code model}
   * @param tasks the tasks in order, those of files included
   */
  record GoldenMethod(String name, String descriptor, List<String> roles, List<GoldenSpec> tasks) {

    GoldenSpec task(String id) {
      return tasks.stream()
          .filter(task -> task.id().equals(id))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("No golden task \"" + id + "\" of " + name));
    }
  }

  static GoldenAgent read(ClassLoader loader, String className) {
    String path = AgentRegistry.FOLDER + className + ".json";
    if (!(Json.read(resource(loader, path)) instanceof Map<?, ?> file)) {
      throw new IllegalArgumentException(path + " is not a registry file");
    }
    List<GoldenMethod> methods = new ArrayList<>();
    for (Object entry : list(file.get("methods"))) {
      methods.add(method((Map<?, ?>) entry, loader));
    }
    return new GoldenAgent(
        String.valueOf(file.get("agent")), className, (String) file.get("wrapper"), methods);
  }

  GoldenMethod method(String name, String descriptor) {
    return methods.stream()
        .filter(method -> method.name().equals(name) && method.descriptor().equals(descriptor))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "The registry of " + className + " has no method " + name + descriptor));
  }

  private static GoldenMethod method(Map<?, ?> entry, ClassLoader loader) {
    List<GoldenSpec> tasks = new ArrayList<>();
    for (Object golden : list(entry.get("golden"))) {
      Map<?, ?> task = (Map<?, ?>) golden;
      if (task.get("file") instanceof String file && !file.isEmpty()) {
        GoldenFile.read(file, resource(loader, file))
            .tasks()
            .forEach(found -> tasks.add(found.spec()));
      } else {
        tasks.add(task(task));
      }
    }
    List<String> roles = new ArrayList<>();
    for (Object parameter : list(entry.get("parameters"))) {
      roles.add(String.valueOf(((Map<?, ?>) parameter).get("role")));
    }
    return new GoldenMethod(
        String.valueOf(entry.get("name")), String.valueOf(entry.get("descriptor")), roles, tasks);
  }

  private static GoldenSpec task(Map<?, ?> task) {
    Object threshold = task.get("threshold");
    return new GoldenSpec(
        text(task.get("id"), ""),
        texts(task.get("input")),
        text(task.get("expected"), ""),
        text(task.get("validator"), "exact"),
        threshold instanceof Number number ? number.doubleValue() : 0.8,
        text(task.get("validatorClass"), ""),
        texts(task.get("tags")));
  }

  private static String text(@Nullable Object value, String otherwise) {
    return value == null ? otherwise : value.toString();
  }

  private static List<String> texts(@Nullable Object value) {
    return list(value).stream().map(String::valueOf).toList();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String resource(ClassLoader loader, String path) {
    try (InputStream stream = loader.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalArgumentException(
            path + " is not on the class path; was the agent compiled with Gild's processor?");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read " + path, failure);
    }
  }
}
