package io.gild.golden;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An agent as the compiler wrote it to {@code META-INF/gild/agents/<type>.json}.
 *
 * @param name name of the agent
 * @param version its version, or empty
 * @param description its description, or empty
 * @param type binary name of its class or interface
 * @param wrapper binary name of the generated wrapper, or {@code null} if there is none
 * @param methods its governed methods
 */
@Experimental
public record DeclaredAgent(
    String name,
    String version,
    String description,
    String type,
    @Nullable String wrapper,
    List<DeclaredMethod> methods) {

  /** Where the files are, below a folder of classes. */
  public static final String FOLDER = "META-INF/gild/agents/";

  private static final List<String> MEMORY = List.of("recall", "experience");

  private static final List<String> FILLED = List.of("model", "recall", "experience");

  private static final List<String> OPTIONAL =
      List.of("model", "recall", "experience", "tenant", "session");

  /**
   * A method.
   *
   * @param name simple name
   * @param descriptor erased descriptor
   * @param parameters the parameters in order
   * @param golden the values of its {@code @GoldenTask} annotations, under kebab-case keys
   * @param woven whether woven code governs it, of the build or the javaagent, and not a wrapper
   */
  public record DeclaredMethod(
      String name,
      String descriptor,
      List<DeclaredParameter> parameters,
      List<Map<String, Object>> golden,
      boolean woven) {

    /**
     * A method that a wrapper governs.
     *
     * @param name simple name
     * @param descriptor erased descriptor
     * @param parameters the parameters in order
     * @param golden the values of its {@code @GoldenTask} annotations, under kebab-case keys
     */
    public DeclaredMethod(
        String name,
        String descriptor,
        List<DeclaredParameter> parameters,
        List<Map<String, Object>> golden) {
      this(name, descriptor, parameters, golden, false);
    }

    /** Copies the lists. */
    public DeclaredMethod {
      parameters = List.copyOf(parameters);
      golden = List.copyOf(golden);
    }

    /**
     * Returns which parameters policies fill in place of the caller.
     *
     * @return their indexes
     */
    public Set<Integer> filled() {
      return having(FILLED);
    }

    /**
     * Returns which parameters receive memories or experiences.
     *
     * @return their indexes
     */
    public Set<Integer> memories() {
      return having(MEMORY);
    }

    private Set<Integer> having(List<String> roles) {
      Set<Integer> having = new TreeSet<>();
      for (int i = 0; i < parameters.size(); i++) {
        if (roles.contains(parameters.get(i).role())) {
          having.add(i);
        }
      }
      return having;
    }

    /** Returns the name with the parameters' types, for messages. */
    @Override
    public String toString() {
      List<String> types = new ArrayList<>();
      for (DeclaredParameter parameter : parameters) {
        types.add(parameter.type().substring(parameter.type().lastIndexOf('.') + 1));
      }
      return name + "(" + String.join(", ", types) + ")";
    }
  }

  /**
   * A parameter.
   *
   * @param name its name
   * @param type binary name of its erased type
   * @param role {@code prompt}, {@code tenant}, {@code session}, {@code model} or {@code none}
   */
  public record DeclaredParameter(String name, String type, String role)
      implements GoldenInput.Slot {

    @Override
    public boolean isOptional() {
      return OPTIONAL.contains(role);
    }
  }

  /** Copies the list. */
  public DeclaredAgent {
    methods = List.copyOf(methods);
  }

  /**
   * Reads one file.
   *
   * @param file name of the file, for messages
   * @param json its content
   * @return the agent
   * @throws IllegalArgumentException if the file has another format; the message names it
   */
  public static DeclaredAgent read(String file, String json) {
    try {
      Map<?, ?> entry = map(Json.read(json));
      List<DeclaredMethod> methods = new ArrayList<>();
      list(entry.get("methods")).forEach(method -> methods.add(method(map(method))));
      return new DeclaredAgent(
          text(entry, "agent"),
          text(entry, "version"),
          text(entry, "description"),
          text(entry, "type"),
          entry.get("wrapper") instanceof String wrapper ? wrapper : null,
          methods);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + ":" + e.getMessage() + ". Compile the module again.", e);
    }
  }

  /**
   * Reads the agents of a module.
   *
   * @param classes its folder of classes
   * @return the agents, by the names of their types; empty if there are none
   * @throws IllegalArgumentException if a file is wrong
   * @throws UncheckedIOException if a file cannot be read
   */
  public static List<DeclaredAgent> readAll(Path classes) {
    Path folder = classes.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<DeclaredAgent> agents = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
        agents.add(read(file.toString(), Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return agents;
  }

  /**
   * Writes what {@link #read} reads.
   *
   * @return JSON on one line
   */
  public String toJson() {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("agent", name);
    entry.put("version", version);
    entry.put("description", description);
    entry.put("type", type);
    entry.put("wrapper", wrapper);
    entry.put("methods", methods.stream().map(DeclaredAgent::entry).toList());
    return Json.write(entry);
  }

  private static Map<String, Object> entry(DeclaredMethod method) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", method.name());
    entry.put("descriptor", method.descriptor());
    List<Object> parameters = new ArrayList<>();
    for (DeclaredParameter parameter : method.parameters()) {
      parameters.add(
          Map.of("name", parameter.name(), "type", parameter.type(), "role", parameter.role()));
    }
    entry.put("parameters", parameters);
    entry.put("golden", method.golden());
    return entry;
  }

  private static DeclaredMethod method(Map<?, ?> entry) {
    List<DeclaredParameter> parameters = new ArrayList<>();
    for (Object item : list(entry.get("parameters"))) {
      Map<?, ?> parameter = map(item);
      parameters.add(
          new DeclaredParameter(
              text(parameter, "name"), text(parameter, "type"), text(parameter, "role")));
    }
    List<Map<String, Object>> golden = new ArrayList<>();
    list(entry.get("golden")).forEach(task -> golden.add(map(task)));
    return new DeclaredMethod(
        text(entry, "name"),
        text(entry, "descriptor"),
        parameters,
        golden,
        Boolean.TRUE.equals(entry.get("woven")));
  }

  private static String text(Map<?, ?> entry, String key) {
    Object value = entry.get(key);
    return value == null ? "" : value.toString();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  @SuppressWarnings("unchecked") // the reader of JSON makes maps with texts as keys
  private static Map<String, Object> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException(" expected a JSON object");
  }
}
