package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.Keys;
import io.gild.config.Origin;
import io.gild.config.PolicyTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the compiler wrote about an agent: {@code META-INF/gild/agents/<class>.json}. */
@Experimental
public final class AgentRegistry {

  /** The folder of the files on the class path. */
  public static final String FOLDER = "META-INF/gild/agents/";

  private AgentRegistry() {}

  /**
   * Reads the governed methods of a class.
   *
   * @param loader the loader of the class
   * @param className binary name of the class
   * @return its governed methods; empty if the class has no file
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if the file is not a registry file
   */
  public static List<MethodSpec> read(@Nullable ClassLoader loader, String className) {
    return parse(map(file(loader, className)));
  }

  private static @Nullable Object file(@Nullable ClassLoader loader, String className) {
    String path = FOLDER + className + ".json";
    try (InputStream file =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(path)
            : loader.getResourceAsStream(path)) {
      return file == null
          ? null
          : Json.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read " + path, failure);
    }
  }

  /**
   * A method as the registry has it.
   *
   * @param spec the method
   * @param skill identifier of its skill, or {@code null} if it is none
   */
  public record Declared(MethodSpec spec, @Nullable String skill) {}

  /**
   * Reads the governed methods of a class with what else is declared of them.
   *
   * @param loader the loader of the class
   * @param className binary name of the class
   * @return its governed methods; empty if the class has no file
   * @throws UncheckedIOException if the file cannot be read
   */
  public static List<Declared> declared(@Nullable ClassLoader loader, String className) {
    Map<?, ?> file = map(file(loader, className));
    List<Declared> declared = new ArrayList<>();
    for (Object method : list(file.get("methods"))) {
      Object skill = map(method).get("skill");
      declared.add(
          new Declared(method(file, map(method)), skill == null ? null : skill.toString()));
    }
    return declared;
  }

  /**
   * Reads what an agent does.
   *
   * @param loader the loader of the class
   * @param className binary name of the class
   * @return its description; empty if it has none
   * @throws UncheckedIOException if the file cannot be read
   */
  public static String description(@Nullable ClassLoader loader, String className) {
    Object description = map(file(loader, className)).get("description");
    return description == null ? "" : description.toString();
  }

  static @Nullable MethodSpec find(Class<?> owner, String name, String descriptor) {
    for (MethodSpec spec : read(owner.getClassLoader(), owner.getName())) {
      if (spec.methodName().equals(name) && spec.descriptor().equals(descriptor)) {
        return spec;
      }
    }
    return null;
  }

  /**
   * Reads a registry file.
   *
   * @param json the text of the file
   * @return the governed methods in it
   */
  public static List<MethodSpec> parse(String json) {
    return parse(map(Json.read(json)));
  }

  private static List<MethodSpec> parse(Map<?, ?> file) {
    List<MethodSpec> specs = new ArrayList<>();
    for (Object method : list(file.get("methods"))) {
      specs.add(method(file, map(method)));
    }
    return specs;
  }

  /**
   * Writes one method in the format of the registry.
   *
   * @param spec the method
   * @return a file that {@link #parse} reads; whether the method is wrapped is not part of it
   */
  public static String write(MethodSpec spec) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (MethodSpec.Parameter parameter : spec.parameters()) {
      parameters.add(
          Map.of(
              "name", parameter.name(),
              "type", parameter.type(),
              "role", Keys.kebab(parameter.role())));
    }
    Map<String, Object> method =
        Map.of(
            "name", spec.methodName(),
            "descriptor", spec.descriptor(),
            "parameters", parameters,
            "effect", Keys.kebab(spec.effect()),
            "policies", spec.declared().toMap());
    return Json.write(
        Map.of(
            "type", spec.className(),
            "agent", spec.agent(),
            "version", spec.version(),
            "methods", List.of(method)));
  }

  private static MethodSpec method(Map<?, ?> file, Map<?, ?> method) {
    List<MethodSpec.Parameter> parameters = new ArrayList<>();
    for (Object entry : list(method.get("parameters"))) {
      Map<?, ?> parameter = map(entry);
      parameters.add(
          new MethodSpec.Parameter(
              text(parameter.get("name")),
              text(parameter.get("type")),
              constant(MethodSpec.Role.class, parameter.get("role"))));
    }
    return new MethodSpec(
        CallKind.AGENT,
        text(file.get("agent")),
        text(file.get("version")),
        text(file.get("type")),
        text(method.get("name")),
        text(method.get("descriptor")),
        parameters,
        constant(Effect.class, method.get("effect")),
        policies(map(method.get("policies"))));
  }

  private static PolicyTree policies(Map<?, ?> written) {
    return PolicyTree.fromJson(Json.write(written), Origin.ANNOTATION);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, @Nullable Object value) {
    String name = text(value).isEmpty() ? "none" : text(value);
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
