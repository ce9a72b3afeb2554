package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.golden.GoldenSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All evidence of a version at a gate. Immutable.
 *
 * <p>Evidence that the builder did not get is unknown, and a gate that requires it is blocked.
 */
@Experimental
public final class GateEvidence {

  private final Statistics statistics;
  private final Map<String, AgentInfo> declared;
  private final List<CallReport> loadTests;
  private final List<CallReport> live;
  private final @Nullable Path docs;
  private final String version;
  private final Instant now;

  private GateEvidence(Builder builder) {
    this.statistics = Statistics.of(builder.results);
    this.declared = declared(builder.agents, statistics.agents());
    this.loadTests = List.copyOf(builder.loadTests);
    this.live = List.copyOf(builder.live);
    this.docs = builder.docs;
    this.version = builder.version;
    this.now = builder.now;
  }

  private static Map<String, AgentInfo> declared(
      Map<String, AgentInfo> agents, List<String> known) {
    Map<String, AgentInfo> declared = new TreeMap<>();
    agents.values().forEach(agent -> declared.put(AgentNames.counted(agent, known), agent));
    return declared;
  }

  /**
   * Returns a builder without evidence.
   *
   * @param version version of the application; empty if it has none
   * @param now the moment of the decision
   * @return a new builder
   */
  public static Builder of(String version, Instant now) {
    return new Builder(version, now);
  }

  /**
   * Returns the results of the golden tasks.
   *
   * @return the statistics
   */
  public Statistics statistics() {
    return statistics;
  }

  /**
   * Returns the agents of the registry.
   *
   * @return the agents by name; empty if the registry was not read
   */
  public Collection<AgentInfo> declared() {
    return List.copyOf(declared.values());
  }

  /**
   * Returns all agents that are declared or have results.
   *
   * @return their names in order
   */
  public List<String> agents() {
    TreeSet<String> names = new TreeSet<>(declared.keySet());
    names.addAll(statistics.agents());
    return List.copyOf(names);
  }

  /** Returns the golden tasks of an agent that are declared but have no result. */
  List<TaskKey> withoutResult(String agent) {
    AgentInfo info = declared.get(agent);
    List<TaskKey> known = statistics.of(agent).tasks().stream().map(TaskStats::key).toList();
    return info == null
        ? List.of()
        : info.tasks().stream()
            .map(task -> new TaskKey(agent, task))
            .filter(task -> !known.contains(task))
            .toList();
  }

  /** Returns the file that describes an agent, if folders with such files are known. */
  @Nullable Path docsOf(String agent) {
    Path file = docs == null ? null : docs.resolve(agent + ".md");
    return file != null && Files.isRegularFile(file) ? file : null;
  }

  /**
   * Returns the reports of load tests.
   *
   * @return one report per agent, or one about all of them; empty if none is known
   */
  public List<CallReport> loadTests() {
    return loadTests;
  }

  /**
   * Returns the reports of telemetry.
   *
   * @return one report per agent, or one about all of them; empty if none is known
   */
  public List<CallReport> live() {
    return live;
  }

  /**
   * Returns the version at the gate.
   *
   * @return the version; empty if it has none
   */
  public String version() {
    return version;
  }

  /**
   * Returns the moment of the decision.
   *
   * @return the moment
   */
  public Instant now() {
    return now;
  }

  /** Gathers evidence. */
  public static final class Builder {

    private final List<TaskResult> results = new ArrayList<>();
    private final Map<String, AgentInfo> agents = new TreeMap<>();
    private final List<CallReport> loadTests = new ArrayList<>();
    private final List<CallReport> live = new ArrayList<>();
    private final String version;
    private final Instant now;
    private @Nullable Path docs;

    private Builder(String version, Instant now) {
      this.version = version;
      this.now = now;
    }

    /**
     * Adds results of golden tasks.
     *
     * @param more results in the order they came
     * @return this builder
     */
    public Builder results(Collection<TaskResult> more) {
      results.addAll(more);
      return this;
    }

    /**
     * Adds agents of the registry; of agents with the same name, the one with golden tasks counts.
     *
     * @param more the agents
     * @return this builder
     * @throws IllegalArgumentException if two agents with the same name have golden tasks
     */
    public Builder agents(Collection<AgentInfo> more) {
      more.forEach(this::add);
      return this;
    }

    private void add(AgentInfo agent) {
      AgentInfo other = agents.putIfAbsent(agent.name(), agent);
      if (other == null || agent.tasks().isEmpty()) {
        return;
      }
      if (!other.tasks().isEmpty()) {
        throw new IllegalArgumentException(
            GoldenSet.sameName(agent.name(), List.of(other.type(), agent.type())));
      }
      agents.put(agent.name(), agent);
    }

    /**
     * Names the folder where {@code NAME.md} describes the agent of that name.
     *
     * @param folder the folder; it need not exist
     * @return this builder
     */
    public Builder docs(Path folder) {
      docs = folder;
      return this;
    }

    /**
     * Adds reports of load tests.
     *
     * @param reports the reports; of several about one agent the latest counts
     * @return this builder
     */
    public Builder loadTests(Collection<CallReport> reports) {
      loadTests.addAll(reports);
      return this;
    }

    /**
     * Adds reports of telemetry.
     *
     * @param reports the reports; of several about one agent the latest counts
     * @return this builder
     */
    public Builder live(Collection<CallReport> reports) {
      live.addAll(reports);
      return this;
    }

    /**
     * Returns the evidence.
     *
     * @return all that was added
     */
    public GateEvidence build() {
      return new GateEvidence(this);
    }
  }
}
