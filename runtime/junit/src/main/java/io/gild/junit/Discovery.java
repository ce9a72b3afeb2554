package io.gild.junit;

import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import io.gild.golden.GoldenSources;
import io.gild.golden.Shard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.ClasspathRootSelector;
import org.junit.platform.engine.discovery.PackageNameFilter;
import org.junit.platform.engine.discovery.UniqueIdSelector;

/** Finds agents with golden tasks in the selection. */
final class Discovery {

  private static final String AGENT = "agent";
  private static final String TASK = "task";

  private final EngineDiscoveryRequest request;
  private final TestDescriptor engine;
  private final Function<String, GoldenSet.@Nullable Source> files =
      GoldenSources.onClassPath(Thread.currentThread().getContextClassLoader());
  private final Map<String, AgentDescriptor> found = new LinkedHashMap<>();
  private final List<GoldenSet> sets = new ArrayList<>();

  Discovery(EngineDiscoveryRequest request, TestDescriptor engine) {
    this.request = request;
    this.engine = engine;
  }

  void run() {
    Predicate<String> classes =
        Filter.composeFilters(request.getFiltersByType(ClassNameFilter.class)).toPredicate();
    Predicate<String> packages =
        Filter.composeFilters(request.getFiltersByType(PackageNameFilter.class)).toPredicate();
    for (ClassSelector selector : request.getSelectorsByType(ClassSelector.class)) {
      declared(selector.getClassName()).ifPresent(agent -> add(agent, task -> true));
    }
    for (ClasspathRootSelector root : request.getSelectorsByType(ClasspathRootSelector.class)) {
      for (DeclaredAgent agent : DeclaredAgent.readAll(Path.of(root.getClasspathRoot()))) {
        // The usual filter keeps names that end with Test; agents have other names.
        if (packages.test(packageOf(agent.type())) && isNotExcluded(agent, classes)) {
          add(agent, task -> true);
        }
      }
    }
    for (UniqueIdSelector selector : request.getSelectorsByType(UniqueIdSelector.class)) {
      addById(selector.getUniqueId());
    }
    List<String> sameNames = GoldenSet.sameNames(sets);
    if (!sameNames.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", sameNames));
    }
  }

  /** Accepts an agent if its own name or that of its generated test is accepted. */
  private static boolean isNotExcluded(DeclaredAgent agent, Predicate<String> classes) {
    return classes.test(agent.type()) || classes.test(agent.type() + "GoldenTest");
  }

  private static String packageOf(String type) {
    int dot = type.lastIndexOf('.');
    return dot < 0 ? "" : type.substring(0, dot);
  }

  private void addById(UniqueId id) {
    if (!id.hasPrefix(engine.getUniqueId())) {
      return;
    }
    String type = "";
    String task = null;
    for (UniqueId.Segment segment : id.getSegments()) {
      if (segment.getType().equals(AGENT)) {
        type = segment.getValue();
      } else if (segment.getType().equals(TASK)) {
        task = segment.getValue();
      }
    }
    String only = task;
    declared(type)
        .ifPresent(agent -> add(agent, each -> only == null || each.spec().id().equals(only)));
  }

  private void add(DeclaredAgent agent, Predicate<GoldenSet.Task> wanted) {
    GoldenSet set = GoldenSet.of(agent, files);
    if (!set.problems().isEmpty()) {
      throw new IllegalArgumentException(
          "Golden tasks are wrong:\n  " + String.join("\n  ", set.problems()));
    }
    sets.add(set);
    Shard shard = Shard.ofProperty();
    List<GoldenSet.Task> tasks =
        set.tasks().stream()
            .filter(wanted)
            .filter(task -> shard.contains(agent.name(), task.spec().id()))
            .toList();
    if (tasks.isEmpty()) {
      return;
    }
    AgentDescriptor container =
        found.computeIfAbsent(
            agent.type(),
            type -> {
              UniqueId id = engine.getUniqueId().append(AGENT, type);
              AgentDescriptor made = new AgentDescriptor(id, agent.name(), type);
              engine.addChild(made);
              return made;
            });
    for (GoldenSet.Task task : tasks) {
      UniqueId id = container.getUniqueId().append(TASK, task.spec().id());
      if (container.findByUniqueId(id).isEmpty()) {
        container.addChild(new TaskDescriptor(id, agent, task));
      }
    }
  }

  private Optional<DeclaredAgent> declared(String type) {
    GoldenSet.Source file = files.apply(DeclaredAgent.FOLDER + type + ".json");
    return Optional.ofNullable(file).map(found -> DeclaredAgent.read(found.name(), found.text()));
  }
}
