package io.gild.twin;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.core.MethodSpec;
import io.gild.recording.Cassette;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs a twin on recorded traffic, once with its own policies and once with others.
 *
 * <p>Each recorded call passes the policies of a real runtime, on a virtual clock that follows the
 * recording. The method returns the recorded answer or throws the recorded failure, after the
 * recorded time, and reports the recorded tokens: under the model of {@link Builder#model}, or else
 * the model that the call is routed to, or else the recorded one. Caches, budgets and breakers
 * begin empty. Calls run one after the other, so a bulkhead is never full; a request that a time
 * limit ends reports no tokens; a fallback method of the application is named and not run. Nothing
 * is written. Not thread-safe.
 */
@Experimental
public final class Simulation {

  private final Twin twin;
  private final Cassette cassette;
  private final Settings settings;
  private final @Nullable String model;

  private Simulation(Builder builder) {
    this.twin = builder.twin;
    this.cassette = builder.cassette;
    Settings other = builder.settings;
    this.settings = other == null ? twin.effectiveSettings() : other;
    this.model = builder.model;
  }

  /**
   * Returns a builder.
   *
   * @param twin the agent
   * @param cassette the recorded traffic
   * @return a builder that changes nothing
   */
  public static Builder builder(Twin twin, Cassette cassette) {
    return new Builder(twin, cassette);
  }

  /** Sets what is changed; not thread-safe. */
  public static final class Builder {

    private final Twin twin;
    private final Cassette cassette;
    private @Nullable Settings settings;
    private @Nullable String model;

    private Builder(Twin twin, Cassette cassette) {
      this.twin = twin;
      this.cassette = cassette;
    }

    /**
     * Sets other settings.
     *
     * @param value settings in place of those of the twin
     * @return this
     */
    public Builder settings(Settings value) {
      settings = value;
      return this;
    }

    /**
     * Sets another model.
     *
     * @param name the model that all tokens are counted for, also those of routed calls; {@code
     *     null} for the recorded models
     * @return this
     */
    public Builder model(@Nullable String name) {
      model = name;
      return this;
    }

    /**
     * Creates the simulation.
     *
     * @return for one run
     * @throws io.gild.config.SettingsException if this version of Gild does not accept the settings
     *     of the twin
     */
    public Simulation build() {
      return new Simulation(this);
    }
  }

  /**
   * Runs the simulation.
   *
   * @return what would have changed
   * @throws TwinException if the recording has no call of the agent
   */
  public SimulationReport run() {
    List<MethodSpec> known = twin.methods().stream().map(TwinMethod::spec).toList();
    RecordedCalls recorded = new RecordedCalls(cassette, twin.agent(), known);
    if (recorded.calls().isEmpty()) {
      throw new TwinException(
          "The recording has no call of agent %s; it has those of %s. Record the agent, or name another twin."
              .formatted(twin.agent(), agents()));
    }
    Instant start = start(recorded);
    List<String> notes = new ArrayList<>(recorded.notes());
    settings.withoutEffect().forEach(problem -> notes.add(problem.toString()));
    try (SimulatedRun before =
            new SimulatedRun(twin.effectiveSettings(), null, start, recorded.specs());
        SimulatedRun after = new SimulatedRun(settings, model, start, recorded.specs())) {
      return new SimulationReport(
          twin.agent(), before.run(recorded.calls()), after.run(recorded.calls()), notes);
    }
  }

  private String agents() {
    Set<String> agents = new TreeSet<>();
    cassette.calls().forEach(call -> agents.add(call.agent()));
    agents.remove("");
    return agents.isEmpty() ? "no agent" : String.join(", ", agents);
  }

  private Instant start(RecordedCalls recorded) {
    Instant first = recorded.calls().get(0).at();
    Instant begun = cassette.recordedAt();
    if (first != null) {
      return first;
    }
    return begun == null ? Instant.EPOCH : begun;
  }
}
