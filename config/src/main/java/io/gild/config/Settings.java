package io.gild.config;

import io.gild.config.PolicySection.Switch;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, bound and checked.
 *
 * <p>An agent argument wins over a system property {@code gild.a.b}, that over an environment
 * variable {@code GILD_A_B}, that over {@code gild.yaml}, that over what an annotation says, and
 * that over the defaults that ship with Gild. Immutable and safe for use by many threads.
 */
public final class Settings {

  private static final class Defaults {
    static final Settings VALUE = builder().build();
  }

  /** No one writes so much by hand, and parsing it would delay the start. */
  private static final long MOST_BYTES = 4L << 20;

  private final PolicyTree given;

  /** What was given, over the defaults. */
  private final PolicyTree all;

  private final Map<Section<?>, Object> bound;
  private final List<Problem> problems;

  private Settings(PolicyTree given, Map<Section<?>, Object> bound, List<Problem> problems) {
    this.given = given;
    this.all = Sections.defaults().overlay(given);
    this.bound = bound;
    this.problems = List.copyOf(problems);
  }

  /**
   * Returns the shipped defaults.
   *
   * @return settings to which nothing was added
   */
  public static Settings defaults() {
    return Defaults.VALUE;
  }

  /**
   * Reads a file, with this JVM's environment and system properties over it.
   *
   * @param gildYaml the file
   * @return the settings
   * @throws SettingsException if anything in them is wrong
   */
  public static Settings load(Path gildYaml) {
    return ofThisJvm().file(gildYaml).build();
  }

  /**
   * Reads a file as {@link #load} does, but never throws: where anything is wrong, the defaults
   * hold in {@link Mode#OBSERVE} and {@link #problems()} lists why.
   *
   * @param gildYaml the file
   * @return the settings
   */
  public static Settings loadOrDefaults(Path gildYaml) {
    return ofThisJvm().file(gildYaml).buildOrDefaults();
  }

  /**
   * Returns what is wrong with the size of a settings file, before anything of it is read.
   *
   * @param file a file
   * @return a sentence without its subject; {@code null} if the file may be read
   */
  public static @Nullable String wrongSize(File file) {
    return file.length() > MOST_BYTES
        ? "has %d MiB; settings are at most %d MiB. Is it the right file?"
            .formatted(file.length() >> 20, MOST_BYTES >> 20)
        : null;
  }

  /**
   * Returns a builder that starts with the shipped defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns a builder that starts with this JVM's environment and system properties.
   *
   * @return a new builder
   */
  public static Builder ofThisJvm() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("gild.")) {
        properties.put(name, System.getProperty(name, ""));
      }
    }
    return builder().environment(System.getenv()).systemProperties(properties);
  }

  /**
   * Finds the settings file of this JVM: what {@code gild.config} or {@code GILD_CONFIG} names, or
   * else {@code gild.yaml} as {@link #fileOf} finds it from the working folder.
   *
   * @return the file, which may be missing if it was named; {@code null} if there is none
   */
  public static @Nullable Path fileOfThisJvm() {
    String property = System.getProperty("gild.config");
    String named = property != null ? property : System.getenv("GILD_CONFIG");
    if (named != null) {
      return Path.of(named);
    }
    File file = SettingsLocation.find(new File(""));
    return file == null
        ? null
        : new File("gild.yaml").isFile() ? Path.of("gild.yaml") : file.toPath();
  }

  /**
   * Finds the settings file of a folder: its {@code gild.yaml} or, where the folder is a module of
   * a build of Maven or Gradle, the nearest one in the folders of that build above it.
   *
   * @param folder the folder
   * @return the file, or {@code null} if there is none
   */
  public static @Nullable Path fileOf(Path folder) {
    File file = SettingsLocation.find(folder.toFile());
    return file == null ? null : file.toPath();
  }

  /**
   * Returns what Gild may do.
   *
   * @return the mode
   */
  public Mode mode() {
    return get(Sections.MODE);
  }

  /**
   * Returns what Gild may do, where somebody said so.
   *
   * <p>Who writes policies into the code wants them to act; who attaches to a stranger's code wants
   * to look first. So each way in brings its own answer for when no source names the mode.
   *
   * @param unlessGiven the mode if no source names one
   * @return the mode; {@link Mode#OBSERVE} if the settings have problems
   */
  public Mode mode(Mode unlessGiven) {
    return given.get("mode") == null && problems.isEmpty() ? unlessGiven : get(Sections.MODE);
  }

  /**
   * Returns a section.
   *
   * @param section the section, as the module declares it that uses it
   * @param <T> what the section is bound to
   * @return its values; unmodifiable
   * @throws IllegalArgumentException if no module that is present declares it
   */
  @SuppressWarnings("unchecked") // the reader binds each section to its own type
  public <T> T get(Section<T> section) {
    Object value = bound.get(section);
    if (value == null) {
      throw new IllegalArgumentException("no module declares the section " + section);
    }
    return (T) value;
  }

  /**
   * Returns all values of a section, whether or not a module that is present declares it.
   *
   * @param key key of the section
   * @return the values, the shipped ones included; empty if there is no such section
   */
  public PolicyTree values(String key) {
    return all.child(key);
  }

  /**
   * Returns whether the tools and all that policies name, such as tiers and budgets, are the same
   * in other settings.
   *
   * @param other the other settings
   * @return {@code false} if equal policies may mean something else in the other settings
   */
  public boolean meansTheSame(Settings other) {
    return tools().equals(other.tools())
        && PolicyTypes.all().stream()
            .flatMap(type -> type.references().stream())
            .allMatch(named -> values(named.section()).equals(other.values(named.section())));
  }

  /**
   * Returns whether a source names a setting, rather than leaving it to the defaults.
   *
   * @param section the section
   * @param key the key within it
   * @return {@code true} if a file, a property or a variable does
   */
  public boolean names(String section, String key) {
    return given.child(section).get(key) != null;
  }

  /**
   * Returns whether the section {@code models} switches any policy on.
   *
   * @return {@code true} if calls of model libraries are governed
   */
  public boolean governsModels() {
    return !get(Sections.MODELS).tree().isEmpty();
  }

  /**
   * Returns whether Gild does anything at all.
   *
   * @return {@code false} if it was switched off
   */
  public boolean enabled() {
    return get(Sections.ENABLED);
  }

  /**
   * Returns the directory of everything that outlives the JVM.
   *
   * @return the path as it was written
   */
  public Path data() {
    return get(Sections.DATA);
  }

  /**
   * Returns the rules for agents.
   *
   * @return the rules in the order of the file; later ones win
   */
  public List<AgentRule> agents() {
    return List.copyOf(get(Sections.AGENTS));
  }

  /**
   * Returns the rules for tools.
   *
   * @return the rules in the order of the file; later ones win
   */
  public List<ToolRule> tools() {
    return List.copyOf(get(Sections.TOOLS));
  }

  /**
   * Returns why these are mere defaults.
   *
   * @return the problems that kept the given settings out; empty if nothing was wrong
   */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * Returns what was given and has no effect, because the module that uses it is not present.
   *
   * @return one problem for each such policy or section; these settings hold all the same
   */
  public List<Problem> withoutEffect() {
    return AbsentModules.problems(given);
  }

  /**
   * Returns every value in effect.
   *
   * @return the values with their paths and origins
   */
  public List<Setting> effective() {
    List<Setting> settings = new ArrayList<>();
    for (Setting setting : all.without("agents").settings()) {
      settings.add(setting);
    }
    for (int i = 0; i < rules().size(); i++) {
      for (Setting setting : rules().get(i).settings()) {
        settings.add(
            new Setting("agents[" + i + "]." + setting.path(), setting.value(), setting.origin()));
      }
    }
    return settings;
  }

  /**
   * Returns the policies of a method: for each kind that is switched on, the shipped defaults, over
   * them what is declared, over that the section {@code defaults}, over that the matching rules.
   *
   * <p>A kind is switched on when {@code declared} or a rule names it, and off by {@code off} in
   * the section or a later rule. Telemetry is on unless it is switched off.
   *
   * @param agentName name of the agent
   * @param className binary name of the class
   * @param methodName name of the method
   * @param declared what the annotations of the method say; keys are those of {@link PolicyType}
   * @return the policies
   * @throws SettingsException if something declared is wrong
   */
  public Policies policies(
      String agentName, String className, String methodName, PolicyTree declared) {
    Problems found = new Problems();
    Policies policies =
        bind(
            layers(agentName, className, methodName, declared),
            agentName + "#" + methodName,
            found);
    found.throwIfAny();
    return policies;
  }

  /**
   * Returns the policies of a method as {@link #policies(String, String, String, PolicyTree)} does,
   * without those that are wrong.
   *
   * @param agentName name of the agent
   * @param className binary name of the class
   * @param methodName name of the method
   * @param declared what the annotations of the method say
   * @param onProblem takes what is wrong with a policy, which is then off
   * @return the policies
   */
  public Policies policies(
      String agentName,
      String className,
      String methodName,
      PolicyTree declared,
      Consumer<Problem> onProblem) {
    Problems found = new Problems();
    Policies policies =
        bind(
            layers(agentName, className, methodName, declared),
            agentName + "#" + methodName,
            found);
    AbsentModules.policies(declared, agentName + "#" + methodName).forEach(found::add);
    found.list().forEach(onProblem);
    return policies;
  }

  private List<PolicySection> layers(
      String agentName, String className, String methodName, PolicyTree declared) {
    List<PolicySection> layers = new ArrayList<>(List.of(new PolicySection(declared)));
    layers.add(new PolicySection(given.child("defaults")));
    for (AgentRule rule : get(Sections.AGENTS)) {
      if (rule.matches(agentName, className, methodName)) {
        layers.add(new PolicySection(rule.policies()));
      }
    }
    return layers;
  }

  /**
   * Returns the policies of call sites in model libraries: the section {@code models}.
   *
   * @return the policies
   */
  public Policies modelPolicies() {
    Problems found = new Problems();
    Policies policies =
        bind(
            List.of(
                new PolicySection(PolicyTree.empty()),
                new PolicySection(given.child("defaults")),
                get(Sections.MODELS)),
            "models",
            found);
    found.throwIfAny();
    return policies;
  }

  /**
   * Binds layers of policies, of which the second, the section of defaults, cannot switch any on. A
   * policy with a problem is off.
   */
  private Policies bind(List<PolicySection> layers, String path, Problems found) {
    PolicyTree declared = layers.get(0).tree();
    List<Record> policies = new ArrayList<>();
    for (PolicyType<?> type : PolicyTypes.all()) {
      Problems own = new Problems();
      Record policy = isOn(type, layers) ? policy(type, layers, path, own) : null;
      new SettingsReader(own).checkNames(declared.only(type.key()), path, all);
      if (policy != null && own.list().isEmpty()) {
        policies.add(policy);
      }
      own.list().forEach(found::add);
    }
    reportUnknownKinds(declared, path, found);
    return Policies.of(policies);
  }

  private static @Nullable Record policy(
      PolicyType<?> type, List<PolicySection> layers, String path, Problems found) {
    PolicyTree said = said(type.key(), layers);
    String where = Keys.join(path, type.key());
    Record policy =
        new Binder(found).bind(type.record(), said, type.defaults(), where, Origin.of("policies"));
    return policy != null && type.check(policy, said, where, found) ? policy : null;
  }

  private static void reportUnknownKinds(PolicyTree declared, String path, Problems found) {
    for (String kind : declared.keys()) {
      if (!PolicySection.keys().contains(kind)) {
        found.add(
            Origin.ANNOTATION,
            Keys.join(path, kind),
            "unknown policy." + Suggestions.didYouMean(kind, PolicySection.keys()));
      }
    }
  }

  private static boolean isOn(PolicyType<?> type, List<PolicySection> layers) {
    boolean on = type.isOnByDefault();
    for (int i = 0; i < layers.size(); i++) {
      Switch says = layers.get(i).says(type.key());
      boolean isDefaults = i == 1;
      if (says == Switch.OFF || says == Switch.ON && !isDefaults) {
        on = says == Switch.ON;
      }
    }
    return on;
  }

  private static PolicyTree said(String kind, List<PolicySection> layers) {
    PolicyTree said = PolicyTree.empty();
    for (PolicySection layer : layers) {
      said = said.overlay(layer.tree().child(kind));
    }
    return said;
  }

  private List<PolicyTree> rules() {
    List<PolicyTree> rules = new ArrayList<>();
    PolicyTree.Located agents = given.entry("agents");
    if (agents != null && agents.value() instanceof List<?> list) {
      for (Object rule : list) {
        if (((PolicyTree.Located) rule).value() instanceof PolicyTree tree) {
          rules.add(tree);
        }
      }
    }
    return rules;
  }

  /** Collects sources of settings; not thread-safe. */
  public static final class Builder {

    private final List<Source> files = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> systemProperties = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> arguments = new LinkedHashMap<>();

    private interface Source {
      PolicyTree read(Problems problems);
    }

    private Builder() {}

    /**
     * Adds a file; a later one wins over an earlier one.
     *
     * @param gildYaml a YAML file; it must exist when the settings are built
     * @return this builder
     */
    public Builder file(Path gildYaml) {
      files.add(problems -> readFile(gildYaml, problems));
      return this;
    }

    /**
     * Adds the text of a file; a later one wins over an earlier one.
     *
     * @param name the name for messages
     * @param text YAML
     * @return this builder
     */
    public Builder yaml(String name, String text) {
      files.add(problems -> YamlText.readTree(name, text, problems));
      return this;
    }

    /**
     * Sets one value.
     *
     * @param name a name such as {@code gild.mode}; an unknown one is a mistake
     * @param value the value as text
     * @return this builder
     */
    public Builder property(String name, String value) {
      properties.put(name, value);
      return this;
    }

    /**
     * Adds system properties; those that do not begin with {@code gild.} are ignored.
     *
     * @param values the properties
     * @return this builder
     */
    public Builder systemProperties(Map<String, String> values) {
      systemProperties.putAll(values);
      return this;
    }

    /**
     * Adds environment variables; those that do not begin with {@code GILD_} are ignored.
     *
     * @param values the variables
     * @return this builder
     */
    public Builder environment(Map<String, String> values) {
      environment.putAll(values);
      return this;
    }

    /**
     * Adds arguments of the javaagent or of a command.
     *
     * @param values values by names such as {@code mode}; an unknown one is a mistake
     * @return this builder
     */
    public Builder arguments(Map<String, String> values) {
      arguments.putAll(values);
      return this;
    }

    /**
     * Returns the settings.
     *
     * @return the settings
     * @throws SettingsException if anything is wrong, with all that is
     */
    public Settings build() {
      Problems problems = new Problems();
      Settings settings = build(problems, true, List.of());
      problems.throwIfAny();
      return settings;
    }

    /**
     * Returns the settings or, where anything is wrong, the defaults in {@link Mode#OBSERVE}.
     * {@code enabled: false} from outside a file is honoured even then.
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
      return new Builder()
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
              .overlay(overrides.arguments(arguments));
      return new Settings(given, new SettingsReader(problems).read(given), known);
    }

    /** Reads with {@code java.io}, for this may run before main. */
    private static PolicyTree readFile(Path path, Problems problems) {
      File file = path.toFile();
      String wrong = wrongSize(file);
      if (!file.exists()) {
        wrong = "no such file of settings";
      } else if (file.isDirectory()) {
        wrong = "is a directory, not a file";
      } else if (wrong == null) {
        try (InputStream in = new FileInputStream(file)) {
          String text =
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(in.readAllBytes()))
                  .toString();
          return YamlText.readTree(path.toString(), text, problems);
        } catch (CharacterCodingException e) {
          wrong = "is not UTF-8 text";
        } catch (IOException e) {
          wrong = "cannot be read: " + e.getMessage();
        }
      }
      problems.add(Origin.of(path.toString()), "", wrong);
      return PolicyTree.empty();
    }
  }
}
