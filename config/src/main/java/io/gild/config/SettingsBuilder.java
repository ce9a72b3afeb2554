package io.gild.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects sources of settings. In any order of addition, an argument wins over a property, that
 * over an environment variable, and that over a file; not thread-safe.
 */
public final class SettingsBuilder {

  private final List<Source> files = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Map<String, String> systemProperties = new LinkedHashMap<>();
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> arguments = new LinkedHashMap<>();
  private PolicyTree overriding = PolicyTree.empty();

  private interface Source {
    PolicyTree read(Problems problems);
  }

  SettingsBuilder() {}

  /**
   * Adds a file; a later one wins over an earlier one.
   *
   * @param gildYaml a YAML file; it must exist when the settings are built
   * @return this builder
   */
  public SettingsBuilder file(Path gildYaml) {
    files.add(problems -> GildYaml.read(gildYaml, problems));
    return this;
  }

  /**
   * Adds the text of a file; a later one wins over an earlier one.
   *
   * @param name the name for messages
   * @param text YAML
   * @return this builder
   */
  public SettingsBuilder yaml(String name, String text) {
    files.add(problems -> YamlText.readTree(name, text, problems));
    return this;
  }

  /**
   * Adds values that a framework read; as a file, a later one wins over an earlier one.
   *
   * @param values the values, with their places
   * @return this builder
   */
  @Experimental
  public SettingsBuilder values(PolicyTree values) {
    files.add(problems -> values);
    return this;
  }

  /**
   * Adds values that a framework read and that win over properties, such as arguments of the
   * application.
   *
   * @param values the values, with their places
   * @return this builder
   */
  @Experimental
  public SettingsBuilder overrides(PolicyTree values) {
    overriding = overriding.overlay(values);
    return this;
  }

  /**
   * Sets one value.
   *
   * @param name a name such as {@code gild.mode}; an unknown one is a mistake
   * @param value the value as text
   * @return this builder
   */
  public SettingsBuilder property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  /**
   * Adds system properties; those that do not begin with {@code gild.} are ignored.
   *
   * @param values the properties
   * @return this builder
   */
  public SettingsBuilder systemProperties(Map<String, String> values) {
    systemProperties.putAll(values);
    return this;
  }

  /**
   * Adds environment variables; those that do not begin with {@code GILD_} are ignored.
   *
   * @param values the variables
   * @return this builder
   */
  public SettingsBuilder environment(Map<String, String> values) {
    environment.putAll(values);
    return this;
  }

  /**
   * Adds arguments of the javaagent or of a command.
   *
   * @param values values by names such as {@code mode}; an unknown one is a mistake
   * @return this builder
   */
  public SettingsBuilder arguments(Map<String, String> values) {
    arguments.putAll(values);
    return this;
  }

  /**
   * Returns the settings.
   *
   * @return the settings
   * @throws SettingsException with all mistakes, if there are any
   */
  public Settings build() {
    Problems problems = new Problems();
    Settings settings = build(problems, true, List.of());
    problems.throwIfAny();
    return settings;
  }

  /**
   * Returns the settings or, where anything is wrong, the defaults in {@link Mode#OBSERVE}. {@code
   * enabled: false} from outside a file is honoured even then.
   *
   * @return the settings; {@link Settings#problems()} lists what is wrong
   */
  public Settings buildOrDefaults() {
    Problems problems = new Problems();
    Settings settings = build(problems, true, List.of());
    List<Problem> found = problems.list();
    if (found.isEmpty()) {
      return settings;
    }
    Problems ignored = new Problems();
    boolean enabled = build(ignored, false, found).enabled();
    return new SettingsBuilder()
        .property("gild.mode", "observe")
        .property("gild.enabled", String.valueOf(enabled))
        .build(ignored, false, found);
  }

  private Settings build(Problems problems, boolean withFiles, List<Problem> known) {
    PolicyTree given = PolicyTree.empty();
    if (withFiles) {
      for (Source file : files) {
        given = given.overlay(Sections.expand(file.read(problems)));
      }
    }
    Overrides overrides = new Overrides(problems);
    given =
        given
            .overlay(overrides.environment(environment))
            .overlay(overrides.systemProperties(systemProperties, false))
            .overlay(overrides.systemProperties(properties, true))
            .overlay(overrides.arguments(arguments))
            .overlay(withFiles ? Sections.expand(overriding) : PolicyTree.empty());
    return new Settings(given, new SettingsReader(problems).read(given), known);
  }
}
