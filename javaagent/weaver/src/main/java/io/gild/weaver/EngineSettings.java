package io.gild.weaver;

import io.gild.config.AgentRule;
import io.gild.config.GildYaml;
import io.gild.config.Mode;
import io.gild.config.Problem;
import io.gild.config.Settings;
import io.gild.config.SettingsBuilder;
import io.gild.config.Suggestions;
import io.gild.core.GildLog;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the weaver needs.
 *
 * <p>The only class of this package that reads settings. They are read before main only if there is
 * a file, because it may name methods to weave; otherwise at the first governed call.
 */
public final class EngineSettings {

  private final AgentOptions options;
  private final List<TargetRule> rules = new ArrayList<>();
  private final List<String> problems;
  private @Nullable Settings settings;
  private @Nullable Path file;

  private EngineSettings(AgentOptions options, List<String> problems) {
    this.options = options;
    this.problems = problems;
  }

  /**
   * Reads the settings.
   *
   * @param options options of the agent
   * @param problems the mistakes in the options
   * @return the settings; if there is a mistake, Gild only observes, and {@link #problems} lists
   *     the reasons
   */
  public static EngineSettings load(AgentOptions options, List<String> problems) {
    EngineSettings engine = new EngineSettings(options, new ArrayList<>(problems));
    engine.include(options.get("include"));
    String path = engine.path();
    if (path != null) {
      engine.readFile(path);
    }
    return engine;
  }

  private void include(@Nullable String matches) {
    if (matches != null) {
      for (String match : matches.split(";")) {
        String wrong = AgentRule.wrongWith(match);
        if (wrong == null) {
          rules.add(TargetRule.of(match, ""));
        } else {
          problems.add("option \"include\" " + wrong);
        }
      }
    }
  }

  private @Nullable String path() {
    String named = options.get("config");
    if (named != null) {
      return named;
    }
    Path found = GildYaml.ofThisJvm();
    return found == null ? null : found.toString();
  }

  private void readFile(String path) {
    File file = new File(path);
    if (!file.isFile()) {
      problems.add("no file " + path + "; calls are only observed." + nearestFile(file));
      return;
    }
    String wrong = GildYaml.wrongSize(file);
    if (wrong != null) {
      problems.add(path + " " + wrong + " Calls are only observed.");
      return;
    }
    try (InputStream in = new FileInputStream(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Settings read = bind(Settings.ofThisJvm().yaml(path, text));
      settings = read;
      this.file = file.toPath();
      for (AgentRule rule : read.agents()) {
        if (!rule.match().isEmpty()) {
          rules.add(TargetRule.of(rule.match(), rule.name()));
        }
      }
    } catch (IOException unreadable) {
      problems.add("cannot read " + path + ": " + unreadable.getMessage());
    }
  }

  private static String nearestFile(File missing) {
    String[] siblings = missing.getAbsoluteFile().getParentFile().list();
    return siblings == null ? "" : Suggestions.didYouMean(missing.getName(), List.of(siblings));
  }

  private Settings bind(SettingsBuilder builder) {
    if (problems.isEmpty()) {
      chooseMode(builder);
    } else {
      builder.property("gild.mode", "observe");
    }
    Settings bound = builder.buildOrDefaults();
    for (Problem problem : bound.problems()) {
      problems.add(problem.toString());
    }
    return bound;
  }

  private void chooseMode(SettingsBuilder builder) {
    String mode = options.get("mode");
    if (mode != null) {
      builder.property("gild.mode", mode.equals("inventory") ? "observe" : mode);
    }
  }

  /** Returns whether a file was read. */
  public boolean isRead() {
    return file != null;
  }

  /** Returns the file that was read; null if there is none. */
  @Nullable Path file() {
    return file;
  }

  /** Reads the file again, if there is one, with the system properties of now. */
  Settings readAgain() {
    return file == null ? bind(Settings.ofThisJvm()) : reread(file);
  }

  /** Reads the file again; throws if it contains a mistake. */
  Settings reread(Path path) {
    SettingsBuilder builder = Settings.ofThisJvm().file(path);
    chooseMode(builder);
    return builder.build();
  }

  /** Returns the methods to weave although they have no annotation. */
  public List<TargetRule> rules() {
    return rules;
  }

  /**
   * Returns the rules and, as further ones, the methods that are served.
   *
   * @param served their patterns
   */
  public List<TargetRule> rulesAnd(List<String> served) {
    List<TargetRule> all = new ArrayList<>(rules);
    for (String match : served) {
      all.add(TargetRule.of(match, ""));
    }
    return all;
  }

  /** Returns one line for each mistake in the options and the file. */
  public List<String> problems() {
    return problems;
  }

  /** Returns the settings of the runtime; by default, Gild only observes. */
  public Settings settings() {
    Settings known = settings;
    if (known == null) {
      int logged = problems.size();
      known = bind(Settings.ofThisJvm());
      settings = known;
      problems.subList(logged, problems.size()).forEach(GildLog::info);
    }
    return known;
  }

  /** Returns the default mode. */
  Mode defaultMode() {
    return Mode.OBSERVE;
  }
}
