package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.operations.spi.Share;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rollout with all its defaults.
 *
 * @param name its name in the settings
 * @param settings what the settings say about it
 * @param defaults what they say about all rollouts
 */
@Experimental
public record RolloutPlan(String name, RolloutSettings settings, RolloutDefaults defaults) {

  private static final double HUNDREDTHS = Share.ALL / 100.0;

  /**
   * Finds a rollout.
   *
   * @param settings the settings
   * @param name its name
   * @return the plan
   * @throws RolloutException if the settings have no such rollout
   */
  public static RolloutPlan of(Settings settings, String name) throws RolloutException {
    Map<String, RolloutSettings> all = settings.get(RolloutSettings.SECTION);
    RolloutSettings found = all.get(name);
    if (found == null) {
      throw new RolloutException(
          all.isEmpty()
              ? "there is no rollout " + name + ": gild.yaml has no rollouts"
              : "there is no rollout "
                  + name
                  + " in gild.yaml; it has "
                  + String.join(", ", all.keySet()));
    }
    RolloutFolder.requireName(name);
    return new RolloutPlan(name, found, settings.get(RolloutDefaults.SECTION));
  }

  /**
   * Returns the shares of the new version, step by step.
   *
   * @return hundredths of a percent, the last one 10,000
   */
  public List<Integer> shares() {
    if (settings.strategy() == Strategy.BLUE_GREEN) {
      return List.of(Share.ALL);
    }
    List<Double> steps = settings.steps().isEmpty() ? defaults.steps() : settings.steps();
    return steps.stream().map(step -> (int) Math.round(step * HUNDREDTHS)).toList();
  }

  /**
   * Returns the least time of a step.
   *
   * @return above zero
   */
  public Duration stepDuration() {
    return or(settings.stepDuration(), defaults.stepDuration());
  }

  /**
   * Returns after how long a step that nothing decided ends.
   *
   * @return at least {@link #stepDuration()}
   */
  public Duration maxStepDuration() {
    Duration most = or(settings.maxStepDuration(), defaults.maxStepDuration());
    return most.compareTo(stepDuration()) < 0 ? stepDuration() : most;
  }

  /**
   * Returns what happens to a step that nothing decided.
   *
   * @return what happens
   */
  public Undecided onUndecided() {
    return or(settings.onUndecided(), defaults.onUndecided());
  }

  /**
   * Returns how long the rollout is watched after the new version got all calls.
   *
   * @return zero or more
   */
  public Duration keepWarm() {
    return or(settings.keepWarm(), defaults.keepWarm());
  }

  /**
   * Returns what decides.
   *
   * @return the criteria
   */
  public CriteriaSettings criteria() {
    return or(settings.criteria(), defaults.criteria());
  }

  /**
   * Returns what takes the new version back at once.
   *
   * @return the limits
   */
  public GuardSettings guard() {
    return or(settings.guard(), defaults.guard());
  }

  /**
   * Returns what happens while there are too few calls.
   *
   * @return the deadline and what then happens
   */
  public NoDataSettings noData() {
    return or(settings.noData(), defaults.noData());
  }

  /**
   * Estimates the traffic that the verdicts need, for a present version that fails 1 % of its calls
   * and whose latency and cost vary as much as their mean.
   *
   * @return a sentence for each criterion, which says if the steps cannot decide it
   */
  public List<String> estimates() {
    return new TrafficEstimate(this).lines();
  }

  /** Returns the agent that the rollout is about, or an empty text if the settings name none. */
  String agent() {
    return RolloutControl.agent(settings);
  }

  private static <T> T or(@Nullable T own, T usual) {
    return own == null ? usual : own;
  }

  /** Returns a text that differs if anything about the versions differs, their files included. */
  String fingerprint() {
    return hash(
        settings.agent()
            + "|"
            + settings.engine()
            + "|"
            + settings.strategy()
            + "|"
            + settings.key()
            + "|"
            + Json.write(sorted(settings.traffic()))
            + "|"
            + text(settings.stable())
            + "|"
            + text(settings.canary()));
  }

  private static Object sorted(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, each) -> sorted.put(String.valueOf(key), each == null ? "" : sorted(each)));
    return sorted;
  }

  private static String text(VersionSettings version) {
    return version.version()
        + ","
        + version.implementation()
        + ","
        + version.model()
        + ","
        + new TreeMap<>(version.models())
        + ","
        + contents(version.prompt())
        + ","
        + contents(version.settings());
  }

  private static String contents(@Nullable Path file) {
    if (file == null) {
      return "";
    }
    try {
      return file + "=" + hash(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
