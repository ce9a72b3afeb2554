package io.gild.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Everything that can be set, bound and checked.
 *
 * <p>An agent argument wins over a system property {@code gild.a.b}, that over an environment
 * variable {@code GILD_A_B}, that over {@code gild.yaml}, that over an annotation, and that over
 * the defaults that ship with Gild. Immutable and safe for use by many threads.
 */
public final class Settings {

  private static final class Defaults {
    static final Settings VALUE = builder().build();
  }

  private final PolicyTree given;

  /** What was given, over the defaults. */
  private final PolicyTree all;

  private final Map<Section<?>, Object> bound;
  private final List<Problem> problems;

  Settings(PolicyTree given, Map<Section<?>, Object> bound, List<Problem> problems) {
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
   * apply in {@link Mode#OBSERVE} and {@link #problems()} lists why.
   *
   * @param gildYaml the file
   * @return the settings
   */
  public static Settings loadOrDefaults(Path gildYaml) {
    return ofThisJvm().file(gildYaml).buildOrDefaults();
  }

  /**
   * Returns a builder that starts with the shipped defaults.
   *
   * @return a new builder
   */
  public static SettingsBuilder builder() {
    return new SettingsBuilder();
  }

  /**
   * Returns a builder that starts with this JVM's environment and system properties.
   *
   * @return a new builder
   */
  public static SettingsBuilder ofThisJvm() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("gild.")) {
        properties.put(name, System.getProperty(name, ""));
      }
    }
    return builder().environment(System.getenv()).systemProperties(properties);
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
   * Returns the mode, if a source of the settings names one.
   *
   * <p>Policies that are written into the code should act at once; an agent that is attached to
   * existing code should observe first. So each entry point has its own default mode.
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
  @Experimental
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
  @Experimental
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
            .allMatch(named -> values(named.section()).equals(other.values(named.section())))
        && PolicyTypes.all().stream()
            .flatMap(type -> type.sections().stream())
            .allMatch(section -> values(section).equals(other.values(section)));
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
  @Experimental
  public List<AgentRule> agents() {
    return List.copyOf(get(Sections.AGENTS));
  }

  /**
   * Returns the rules for tools.
   *
   * @return the rules in the order of the file; later ones win
   */
  @Experimental
  public List<ToolRule> tools() {
    return List.copyOf(get(Sections.TOOLS));
  }

  /**
   * Returns why these are only the defaults.
   *
   * @return the problems that kept the given settings out; empty if nothing was wrong
   */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * Returns what was given and has no effect, because the module that uses it is not present, and
   * the modules that are present and cannot be used.
   *
   * @return one problem for each such policy, section and module; these settings apply anyway
   */
  public List<Problem> withoutEffect() {
    List<Problem> problems = new ArrayList<>(SettingsModules.problems());
    problems.addAll(AbsentModules.problems(given));
    return problems;
  }

  /**
   * Returns every value in effect, as it may be shown: passwords are {@code ***}.
   *
   * @return the values with their paths and origins
   */
  @Experimental
  public List<Setting> effective() {
    List<Setting> settings = new ArrayList<>();
    for (Setting setting : all.without("agents").settings()) {
      settings.add(setting);
    }
    List<PolicyTree> rules = given.trees("agents");
    for (int i = 0; i < rules.size(); i++) {
      for (Setting setting : rules.get(i).settings()) {
        settings.add(
            new Setting("agents[" + i + "]." + setting.path(), setting.value(), setting.origin()));
      }
    }
    return settings.stream().map(HiddenPasswords::in).toList();
  }

  /**
   * Returns what the sources give, without the defaults that ship with Gild.
   *
   * @return the values by section; text of it, added to a builder, makes the same settings
   */
  @Experimental
  public PolicyTree given() {
    return given;
  }

  /**
   * Returns the policies of a method: for each kind that is switched on, the shipped defaults, over
   * them the declared policies, over those the section {@code defaults}, over that the matching
   * rules.
   *
   * <p>A kind is switched on when {@code declared} or a rule names it, and off by {@code off} in
   * the section or a later rule. Telemetry is on unless it is switched off.
   *
   * @param agentName name of the agent
   * @param className binary name of the class
   * @param methodName name of the method
   * @param declared the policies in the method's annotations; keys are those of {@link PolicyType}
   * @return the policies
   * @throws SettingsException if something declared is wrong
   */
  @Experimental
  public Policies policies(
      String agentName, String className, String methodName, PolicyTree declared) {
    Problems found = new Problems();
    Policies policies =
        layers(agentName, className, methodName, declared)
            .bind(agentName + "#" + methodName, all, found);
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
   * @param declared the policies in the method's annotations
   * @param onProblem takes what is wrong with a policy, which is then off
   * @return the policies
   */
  @Experimental
  public Policies policies(
      String agentName,
      String className,
      String methodName,
      PolicyTree declared,
      Consumer<Problem> onProblem) {
    Problems found = new Problems();
    Policies policies =
        layers(agentName, className, methodName, declared)
            .bind(agentName + "#" + methodName, all, found);
    AbsentModules.policies(declared, agentName + "#" + methodName).forEach(found::add);
    found.list().forEach(onProblem);
    return policies;
  }

  private PolicyLayers layers(
      String agentName, String className, String methodName, PolicyTree declared) {
    List<PolicySection> rules = new ArrayList<>();
    for (AgentRule rule : get(Sections.AGENTS)) {
      if (rule.matches(agentName, className, methodName)) {
        rules.add(new PolicySection(rule.policies()));
      }
    }
    return layers(declared, rules);
  }

  private PolicyLayers layers(PolicyTree declared, List<PolicySection> rules) {
    return new PolicyLayers(
        new PolicySection(declared), new PolicySection(given.child("defaults")), rules);
  }

  /**
   * Returns the policies of call sites in model libraries: the section {@code models}.
   *
   * @return the policies
   */
  @Experimental
  public Policies modelPolicies() {
    Problems found = new Problems();
    Policies policies =
        layers(PolicyTree.empty(), List.of(get(Sections.MODELS))).bind("models", all, found);
    found.throwIfAny();
    return policies;
  }
}
