package io.gild.cli;

import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.gates.AgentInfo;
import io.gild.golden.GoldenSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The description of a run, stored beside the results: {@code run.json}. */
record RunInfo(String version, List<AgentInfo> agents) {

  private static final String FILE = "run.json";

  static RunInfo of(List<GoldenSet> sets) {
    List<AgentInfo> agents = new ArrayList<>();
    String version = "";
    for (GoldenSet set : sets) {
      List<String> tasks = set.tasks().stream().map(task -> task.spec().id()).toList();
      agents.add(
          new AgentInfo(set.agent().name(), set.agent().description(), tasks, set.agent().type()));
      version = version.isEmpty() ? set.agent().version() : version;
    }
    return new RunInfo(version, agents);
  }

  void write(Path folder) throws IOException {
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
    info.put("agents", items);
    PrivateFiles.write(folder.resolve(FILE), Json.pretty(info));
  }

  /** Reads the file of a run; results in other folders have no such file. */
  static RunInfo read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return new RunInfo("", List.of());
    }
    try {
      Map<?, ?> info = map(Json.read(Files.readString(file)));
      List<AgentInfo> agents = new ArrayList<>();
      if (info.get("agents") instanceof List<?> list) {
        for (Object item : list) {
          agents.add(agent(map(item)));
        }
      }
      return new RunInfo(text(info, "version"), agents);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ":" + e.getMessage(), e);
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
    throw new IllegalArgumentException(" expected a JSON object");
  }
}
