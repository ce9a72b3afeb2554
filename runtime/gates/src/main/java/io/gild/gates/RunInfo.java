package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.golden.GoldenSet;
import io.gild.golden.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The description of a run of golden tasks, stored beside its results: {@code run.json}.
 *
 * @param version version of the agents; empty if it is unknown
 * @param agents the agents with all their tasks, also those that other shards run
 * @param shard which of the tasks this run has
 * @param selection what was to be run by all shards together, such as tags and repeats, in a form
 *     that is compared; empty if it is unknown
 */
@Experimental
public record RunInfo(String version, List<AgentInfo> agents, Shard shard, String selection) {

  private static final String FILE = "run.json";

  /** Copies the list. */
  public RunInfo {
    agents = List.copyOf(agents);
  }

  /**
   * Describes a run.
   *
   * @param sets the agents and their golden tasks
   * @param shard which of the tasks the run has
   * @param selection what all shards run together
   * @return the description
   */
  public static RunInfo of(List<GoldenSet> sets, Shard shard, String selection) {
    List<AgentInfo> agents = new ArrayList<>();
    String version = "";
    for (GoldenSet set : sets) {
      List<String> tasks = set.tasks().stream().map(task -> task.spec().id()).toList();
      agents.add(
          new AgentInfo(set.agent().name(), set.agent().description(), tasks, set.agent().type()));
      version = version.isEmpty() ? set.agent().version() : version;
    }
    return new RunInfo(version, agents, shard, selection);
  }

  /**
   * Returns whether a folder has a description.
   *
   * @param folder the folder of a run
   * @return whether {@link #read} finds one
   */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /**
   * Writes the description.
   *
   * @param folder the folder of the run
   * @throws IOException if it cannot be written
   */
  public void write(Path folder) throws IOException {
    List<Object> items = new ArrayList<>();
    for (AgentInfo agent : agents) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("name", agent.name());
      item.put("type", agent.type());
      item.put("description", agent.description());
      item.put("tasks", agent.tasks());
      items.add(item);
    }
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("version", version);
    if (!shard.isWhole()) {
      info.put("shard", shard.toString());
    }
    info.put("selection", selection);
    info.put("agents", items);
    PrivateFiles.write(folder.resolve(FILE), Json.pretty(info));
  }

  /**
   * Reads the description of a run; results in other folders have none.
   *
   * @param folder the folder of the run
   * @return the description; one without agents if there is none
   * @throws IOException if it cannot be read, or has another format
   */
  public static RunInfo read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return new RunInfo("", List.of(), Shard.ALL, "");
    }
    try {
      Map<?, ?> info = map(Json.read(Files.readString(file)));
      List<AgentInfo> agents = new ArrayList<>();
      if (info.get("agents") instanceof List<?> list) {
        for (Object item : list) {
          agents.add(agent(map(item)));
        }
      }
      String shard = text(info, "shard");
      return new RunInfo(
          text(info, "version"),
          agents,
          shard.isEmpty() ? Shard.ALL : Shard.parse(shard),
          text(info, "selection"));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static AgentInfo agent(Map<?, ?> item) {
    List<String> tasks = new ArrayList<>();
    if (item.get("tasks") instanceof List<?> list) {
      list.forEach(task -> tasks.add(String.valueOf(task)));
    }
    return new AgentInfo(text(item, "name"), text(item, "description"), tasks, text(item, "type"));
  }

  private static String text(Map<?, ?> item, String key) {
    Object value = item.get(key);
    return value == null ? "" : value.toString();
  }

  private static Map<?, ?> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("expected a JSON object");
  }
}
