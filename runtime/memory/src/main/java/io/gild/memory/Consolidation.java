package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import io.gild.memory.ConsolidationStep.Action;
import io.gild.memory.Memory.Pruned;
import io.gild.memory.spi.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Consolidates the memories of a tenant: newer facts supersede older ones, contained memories are
 * merged, old, idle and weak ones are pruned. One run is one change of the store. A second run at
 * the same time changes nothing more, and a run can be undone for a while. Thread-safe.
 */
@Experimental
public final class Consolidation {

  private static final String REASON = "consolidation ";

  private final MemoryStore store;
  private final ConsolidationRules rules;
  private final Clock clock;

  /**
   * Creates a consolidation.
   *
   * @param memories what is consolidated
   * @param rules how
   */
  public Consolidation(Memories memories, ConsolidationRules rules) {
    this.store = memories.store();
    this.rules = rules;
    this.clock = memories.clock();
  }

  /**
   * Returns what a run would do, and does nothing.
   *
   * @param tenant the tenant
   * @return the steps
   */
  public ConsolidationReport plan(String tenant) {
    List<MemoryRecord> all = store.all(tenant);
    return new ConsolidationReport("dry-run", tenant, all.size(), steps(all));
  }

  /**
   * Consolidates.
   *
   * @param tenant the tenant
   * @return what was done
   * @throws MemoryException if the store fails; nothing was done
   */
  public ConsolidationReport run(String tenant) {
    List<MemoryRecord> all = store.all(tenant);
    List<ConsolidationStep> planned = steps(all);
    String run = UUID.randomUUID().toString();
    List<ConsolidationStep> done = new ArrayList<>();
    if (!planned.isEmpty()) {
      Set<String> ids = new LinkedHashSet<>();
      planned.forEach(step -> ids.addAll(List.of(step.memory().id(), step.other())));
      store.change(tenant, ids, List.of(), found -> write(planned, found, run, done));
    }
    return new ConsolidationReport(run, tenant, all.size(), done);
  }

  private List<ConsolidationStep> steps(List<MemoryRecord> all) {
    Instant now = clock.now();
    List<ConsolidationStep> steps = new ArrayList<>();
    List<MemoryRecord> live = new ArrayList<>();
    for (MemoryRecord record : all) {
      Pruned pruned = record.memory().pruned();
      if (pruned == null && isFact(record.memory())) {
        live.add(record);
      } else if (pruned != null && !now.isBefore(pruned.at().plus(rules.undoFor()))) {
        steps.add(
            new ConsolidationStep(
                Action.DELETE, record.memory(), "", pruned.why() + ", on " + pruned.at()));
      }
    }
    supersede(live, steps);
    merge(live, steps);
    prune(live, now, steps);
    return steps;
  }

  /** Experiences have a bound of their own. */
  private static boolean isFact(Memory memory) {
    return memory.validUntil() == null && !memory.kind().equals(Experiences.KIND);
  }

  private void supersede(List<MemoryRecord> live, List<ConsolidationStep> steps) {
    if (!rules.supersedeTopics()) {
      return;
    }
    Map<List<Object>, List<Memory>> byTopic = new LinkedHashMap<>();
    for (MemoryRecord record : live) {
      Memory memory = record.memory();
      Object topic = memory.metadata().get(ConsolidationRules.TOPIC);
      if (topic != null) {
        List<Object> key = List.of(memory.owner(), memory.kind(), topic);
        byTopic.computeIfAbsent(key, none -> new ArrayList<>()).add(memory);
      }
    }
    Set<String> gone = new HashSet<>();
    byTopic.forEach((key, memories) -> {
      memories.sort(Comparator.comparing(Memory::validFrom).thenComparing(Memory::id));
      for (int i = 0; i + 1 < memories.size(); i++) {
        Memory newer = memories.get(i + 1);
        String why = "a newer fact about \"" + key.get(2) + "\" is true";
        gone.add(memories.get(i).id());
        steps.add(new ConsolidationStep(Action.SUPERSEDE, memories.get(i), newer.id(), why));
      }
    });
    live.removeIf(record -> gone.contains(record.memory().id()));
  }

  private void merge(List<MemoryRecord> live, List<ConsolidationStep> steps) {
    Double similarity = rules.mergeSimilarity();
    if (similarity == null) {
      return;
    }
    Map<String, String> merged = ContainedMemories.find(live, similarity);
    for (MemoryRecord record : live) {
      String into = merged.get(record.memory().id());
      if (into != null) {
        steps.add(
            new ConsolidationStep(
                Action.MERGE, record.memory(), into, "another memory contains its words"));
      }
    }
    live.removeIf(record -> merged.containsKey(record.memory().id()));
  }

  private void prune(List<MemoryRecord> live, Instant now, List<ConsolidationStep> steps) {
    Map<List<String>, List<Memory>> byOwner = new LinkedHashMap<>();
    for (MemoryRecord record : live) {
      Memory memory = record.memory();
      String why = tooOld(memory, now);
      if (why != null) {
        steps.add(new ConsolidationStep(Action.PRUNE, memory, "", why));
      } else {
        List<String> key = List.of(memory.owner().agent(), memory.owner().user());
        byOwner.computeIfAbsent(key, none -> new ArrayList<>()).add(memory);
      }
    }
    byOwner.values().forEach(memories -> pruneWeakest(memories, now, steps));
  }

  private @Nullable String tooOld(Memory memory, Instant now) {
    if (isProtected(memory)) {
      return null;
    }
    Duration age = Duration.between(memory.created(), now);
    Duration idle = Duration.between(memory.lastUsed(), now);
    if (rules.maxAge() != null && age.compareTo(rules.maxAge()) > 0) {
      return "said " + age.toDays() + " days ago";
    }
    if (rules.maxIdle() != null && idle.compareTo(rules.maxIdle()) > 0) {
      return "not used for " + idle.toDays() + " days";
    }
    return null;
  }

  private void pruneWeakest(List<Memory> memories, Instant now, List<ConsolidationStep> steps) {
    Integer most = rules.maxMemories();
    Long mostBytes = rules.maxBytes();
    if (most == null && mostBytes == null) {
      return;
    }
    List<Memory> strongest = new ArrayList<>(memories);
    strongest.sort(
        Comparator.comparing((Memory memory) -> !isProtected(memory))
            .thenComparingDouble(memory -> -strength(memory, now))
            .thenComparing(Memory::id));
    int kept = 0;
    long bytes = 0;
    for (Memory memory : strongest) {
      long size = memory.text().getBytes(StandardCharsets.UTF_8).length;
      boolean fits =
          (most == null || kept < most) && (mostBytes == null || bytes + size <= mostBytes);
      if (fits || isProtected(memory)) {
        kept++;
        bytes += size;
      } else {
        String why =
            "its strength %.4f is below that of %d others".formatted(strength(memory, now), kept);
        steps.add(new ConsolidationStep(Action.PRUNE, memory, "", why));
      }
    }
  }

  private static boolean isProtected(Memory memory) {
    return memory.importance() >= 1;
  }

  /**
   * Returns the strength of a memory.
   *
   * @param memory the memory
   * @param now the time
   * @return 0 to 1, by the formula of {@link ConsolidationRules}
   */
  public double strength(Memory memory, Instant now) {
    double age = decay(memory.created(), now, rules.ageHalfLife());
    double idle = decay(memory.lastUsed(), now, rules.idleHalfLife());
    return memory.importance() * (age + idle) / 2;
  }

  private static double decay(Instant since, Instant now, Duration halfLife) {
    double seconds = Math.max(0, Duration.between(since, now).toSeconds());
    return Math.pow(2, -seconds / Math.max(1, halfLife.toSeconds()));
  }

  /** Leaves out the steps whose memories have changed since they were planned. */
  private MemoryWrite write(
      List<ConsolidationStep> planned,
      List<MemoryRecord> found,
      String run,
      List<ConsolidationStep> done) {
    done.clear();
    Map<String, MemoryRecord> present = new LinkedHashMap<>();
    found.forEach(record -> present.put(record.memory().id(), record));
    Map<String, MemoryRecord> put = new LinkedHashMap<>();
    Set<String> removed = new LinkedHashSet<>();
    for (ConsolidationStep step : planned) {
      MemoryRecord record = present.get(step.memory().id());
      boolean same = record != null && isUnchanged(record.memory(), step.memory());
      if (!same || !step.other().isEmpty() && !present.containsKey(step.other())) {
        continue;
      }
      done.add(step);
      if (step.action() == Action.DELETE) {
        removed.add(step.memory().id());
      } else {
        change(step, run, present, put);
      }
    }
    return new MemoryWrite(List.copyOf(put.values()), removed);
  }

  /** Uses may be counted meanwhile. */
  private static boolean isUnchanged(Memory now, Memory then) {
    return now.toBuilder()
        .used(0, now.created())
        .build()
        .equals(then.toBuilder().used(0, then.created()).build());
  }

  private void change(
      ConsolidationStep step,
      String run,
      Map<String, MemoryRecord> present,
      Map<String, MemoryRecord> put) {
    MemoryRecord record = Objects.requireNonNull(present.get(step.memory().id()));
    Memory.Builder changed = record.memory().toBuilder();
    if (step.action() == Action.SUPERSEDE) {
      MemoryRecord newer = Objects.requireNonNull(present.get(step.other()));
      String reason = REASON + run + ": " + step.why();
      changed = Memories.ended(record.memory(), newer.memory(), reason).toBuilder();
    } else {
      changed.pruned(new Pruned(clock.now(), run, step.why()));
    }
    store(record.with(changed.build()), present, put);
    if (step.action() == Action.MERGE) {
      MemoryRecord into = Objects.requireNonNull(present.get(step.other()));
      store(into.with(containing(into.memory(), record.memory())), present, put);
    }
  }

  private static void store(
      MemoryRecord record, Map<String, MemoryRecord> present, Map<String, MemoryRecord> put) {
    present.put(record.memory().id(), record);
    put.put(record.memory().id(), record);
  }

  private static Memory containing(Memory into, Memory merged) {
    List<String> from = new ArrayList<>(into.mergedFrom());
    from.add(merged.id());
    from.addAll(merged.mergedFrom());
    return into.toBuilder()
        .mergedFrom(from)
        .importance(Math.max(into.importance(), merged.importance()))
        .used(
            into.uses() + merged.uses(),
            into.lastUsed().isAfter(merged.lastUsed()) ? into.lastUsed() : merged.lastUsed())
        .build();
  }

  /**
   * Undoes a run: what it pruned, merged or superseded is found again. What it deleted stays
   * deleted, and what was forgotten since stays forgotten.
   *
   * @param tenant the tenant
   * @param run id of the run
   * @return how many memories were restored; zero if the run is unknown or too old
   */
  public int undo(String tenant, String run) {
    int[] restored = new int[1];
    List<String> ids = store.all(tenant).stream().map(record -> record.memory().id()).toList();
    store.change(
        tenant,
        ids,
        List.of(),
        found -> {
          Map<String, MemoryRecord> put = new LinkedHashMap<>();
          found.forEach(record -> undo(record, run, put));
          restored[0] = put.size();
          Set<String> unmerged = Set.copyOf(put.keySet());
          found.forEach(record -> unmerge(record, unmerged, put));
          return MemoryWrite.of(List.copyOf(put.values()));
        });
    return restored[0];
  }

  private static void undo(MemoryRecord record, String run, Map<String, MemoryRecord> put) {
    Memory memory = record.memory();
    if (memory.pruned() != null && memory.pruned().run().equals(run)) {
      put.put(memory.id(), record.with(memory.toBuilder().pruned(null).build()));
    } else if (memory.reason().startsWith(REASON + run + ":")) {
      Memory valid = memory.toBuilder().validUntil(null).superseded("", "").build();
      put.put(memory.id(), record.with(valid));
    }
  }

  private static void unmerge(
      MemoryRecord record, Set<String> unmerged, Map<String, MemoryRecord> put) {
    MemoryRecord now = put.getOrDefault(record.memory().id(), record);
    List<String> left = new ArrayList<>(now.memory().mergedFrom());
    if (left.removeAll(unmerged)) {
      put.put(record.memory().id(), now.with(now.memory().toBuilder().mergedFrom(left).build()));
    }
  }
}
