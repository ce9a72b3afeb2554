package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.memory.Memory.Pruned;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finished tasks of agents, from which later tasks learn. They are memories of the kind {@value
 * #KIND}. Thread-safe.
 *
 * <p>The priority of an experience is its surprise (T. Schaul and others: "Prioritized Experience
 * Replay", 2016): the distance of its score from the mean score of the agent before it, plus a
 * tenth, at most 1. A failure of an agent that seldom fails says more than its hundredth success.
 *
 * <p>A task that cost more than the agent's mean, or took longer, loses up to a tenth of its score
 * for each: {@code quality × (1 − excess of cost / 10 − excess of latency / 10)}, where an excess
 * is the share above the mean, at most 1.
 *
 * <p>The usefulness for a task is {@code similarity × √priority × |2 × score − 1|}: an experience
 * that went half well shows nothing.
 */
@Experimental
public final class Experiences {

  /** The kind of the memories that are experiences. */
  public static final String KIND = "experience";

  private static final String SCORE = "score";
  private static final String ANSWER = "answer";
  private static final String TOOLS = "tools";
  private static final String COST = "cost";
  private static final String LATENCY = "latency-ms";
  private static final String PRIORITY = "priority";
  private static final double LEAST_SURPRISE = 0.1;
  private static final double MOST_LOSS = 0.1;

  /** Below it, texts share no word that matters. */
  private static final double LEAST_SIMILARITY = 0.1;

  private static final int LONGEST_ANSWER = 2_000;
  private static final int POOL = 5;

  /** The bound is kept after so many of it were recorded: a tenth. */
  private static final int BOUND_PER = 10;

  private final Memories memories;
  private final int maxPerAgent;
  private final Means means = new Means();
  private final AtomicInteger unbounded = new AtomicInteger();

  /**
   * Creates the experiences of some memories.
   *
   * @param memories keeps them
   * @param maxPerAgent about the most experiences of an agent and tenant; beyond it by a tenth, the
   *     one of the least priority, of equal ones the oldest, is forgotten. 1 or more.
   */
  public Experiences(Memories memories, int maxPerAgent) {
    Require.atLeast(1, maxPerAgent, "max-per-agent");
    this.memories = memories;
    this.maxPerAgent = maxPerAgent;
  }

  /** The means of an agent's tasks so far. */
  private record Mean(long number, double score, double cost, double latency) {

    static final Mean NONE = new Mean(0, 0, 0, 0);

    Mean with(double newScore, double newCost, double newLatency) {
      long all = number + 1;
      return new Mean(
          all,
          score + (newScore - score) / all,
          cost + (newCost - cost) / all,
          latency + (newLatency - latency) / all);
    }

    /** Returns how far a value is above a mean, as a share of the mean; 0 to 1. */
    static double excess(double value, double mean) {
      return mean <= 0 ? 0 : Math.max(0, Math.min(1, value / mean - 1));
    }
  }

  /** The means of the agents that were used last. */
  private static final class Means extends LinkedHashMap<MemoryOwner, Mean> {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 1_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<MemoryOwner, Mean> eldest) {
      return size() > MOST;
    }
  }

  /**
   * Keeps a finished task.
   *
   * @param owner tenant, agent and user
   * @param task the input of the task; not blank
   * @param answer what the agent answered, or the message of its failure
   * @param tools names of the tools that it used, in order
   * @param quality how good the answer was; 0 to 1
   * @param cost what it cost, in US dollars
   * @param latency how long it took
   * @param source session, message and call
   * @return the experience as it is stored
   */
  public FinishedTask record(
      MemoryOwner owner,
      String task,
      String answer,
      List<String> tools,
      double quality,
      BigDecimal cost,
      Duration latency,
      MemorySource source) {
    Require.between(0, 1, quality, "quality");
    double millis = (double) latency.toMillis();
    Mean before = mean(owner, quality, cost.doubleValue(), millis);
    double score =
        quality
            * (1
                - MOST_LOSS * Mean.excess(cost.doubleValue(), before.cost())
                - MOST_LOSS * Mean.excess(millis, before.latency()));
    MemoryDraft draft =
        new MemoryDraft(task)
            .id(UUID.randomUUID().toString())
            .owner(owner)
            .kind(KIND)
            .source(source)
            .metadata(SCORE, score)
            .metadata(ANSWER, shortened(answer))
            .metadata(TOOLS, String.join(",", tools))
            .metadata(COST, cost)
            .metadata(LATENCY, latency.toMillis())
            .metadata(PRIORITY, priority(before, quality));
    FinishedTask stored = of(memories.add(draft));
    if (unbounded.incrementAndGet() * BOUND_PER >= maxPerAgent) {
      unbounded.set(0); // all of them are read, so not each time
      bound(owner);
    }
    return stored;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_ANSWER
        ? text
        : text.substring(0, LONGEST_ANSWER) + " … (" + text.length() + " characters)";
  }

  private static double priority(Mean before, double quality) {
    double surprise = before.number() == 0 ? 1 : Math.abs(quality - before.score());
    return Math.min(1, surprise + LEAST_SURPRISE);
  }

  /** Adds a task to the means of its agent; returns those before it. */
  private Mean mean(MemoryOwner owner, double quality, double cost, double latency) {
    MemoryOwner agent = new MemoryOwner(owner.tenant(), owner.agent(), "");
    synchronized (means) {
      Mean before = means.get(agent);
      if (before == null) {
        before = known(agent);
      }
      means.put(agent, before.with(quality, cost, latency));
      return before;
    }
  }

  private Mean known(MemoryOwner agent) {
    Mean mean = Mean.NONE;
    for (FinishedTask each : all(agent.tenant(), agent.agent())) {
      mean = mean.with(each.score(), each.cost().doubleValue(), (double) each.latency().toMillis());
    }
    return mean;
  }

  private void bound(MemoryOwner owner) {
    List<FinishedTask> all = all(owner.tenant(), owner.agent());
    if (all.size() > maxPerAgent) {
      all.stream()
          .sorted(
              Comparator.comparingDouble(FinishedTask::priority).thenComparing(FinishedTask::at))
          .limit(all.size() - maxPerAgent)
          .forEach(least -> memories.forget(owner.tenant(), least.id()));
    }
  }

  /**
   * Finds the experiences that help most with a task.
   *
   * @param owner who asks
   * @param task the input of the task
   * @param limit the most experiences; 1 or more
   * @return those of a similarity of 0.1 and more and of a usefulness above zero, the most useful
   *     first; failures are among them
   */
  public List<UsefulExperience> useful(MemoryOwner owner, String task, int limit) {
    RecallQuery query = new RecallQuery(task).owner(owner).kind(KIND).limit(POOL * limit).peek();
    List<UsefulExperience> useful = new ArrayList<>();
    for (Recalled each : memories.recall(query)) {
      FinishedTask experience = of(each.memory());
      double decisive = Math.abs(2 * experience.score() - 1);
      double similarity = memories.relevance(each.score());
      double usefulness = similarity * Math.sqrt(experience.priority()) * decisive;
      if (similarity >= LEAST_SIMILARITY && usefulness > 0) {
        useful.add(new UsefulExperience(experience, usefulness, similarity));
      }
    }
    useful.sort(
        Comparator.comparingDouble((UsefulExperience each) -> -each.usefulness())
            .thenComparing(each -> each.experience().id()));
    return List.copyOf(useful.subList(0, Math.min(limit, useful.size())));
  }

  /**
   * Draws experiences at random, by their priority, each at most once.
   *
   * @param tenant the tenant
   * @param agent the agent
   * @param number the most experiences; 1 or more
   * @param seed the same seed draws the same of the same experiences
   * @return the experiences in the order in which they were drawn
   */
  public List<FinishedTask> sample(String tenant, String agent, int number, long seed) {
    Require.atLeast(1, number, "number");
    List<FinishedTask> left = new ArrayList<>(all(tenant, agent));
    Random random = new Random(seed);
    List<FinishedTask> drawn = new ArrayList<>();
    double sum = left.stream().mapToDouble(FinishedTask::priority).sum();
    while (drawn.size() < number && !left.isEmpty()) {
      double target = random.nextDouble() * sum;
      int chosen = 0;
      while (chosen < left.size() - 1 && (target -= left.get(chosen).priority()) > 0) {
        chosen++;
      }
      FinishedTask next = left.remove(chosen);
      sum -= next.priority();
      drawn.add(next);
    }
    return drawn;
  }

  /**
   * Returns the experiences of an agent that are not withdrawn.
   *
   * @param tenant the tenant
   * @param agent the agent
   * @return the experiences, the oldest first
   */
  public List<FinishedTask> all(String tenant, String agent) {
    return memories.all(tenant).stream()
        .filter(memory -> memory.kind().equals(KIND) && memory.pruned() == null)
        .filter(memory -> memory.owner().agent().equals(agent))
        .map(Experiences::of)
        .toList();
  }

  /**
   * Returns an experience, also a withdrawn one.
   *
   * @param tenant the tenant
   * @param id the id
   * @return the experience; empty if there is none
   */
  public Optional<FinishedTask> get(String tenant, String id) {
    return memories
        .get(tenant, id)
        .filter(memory -> memory.kind().equals(KIND))
        .map(Experiences::of);
  }

  /**
   * Sets how well a task went, when that is known better.
   *
   * @param tenant the tenant
   * @param id id of the experience
   * @param score 0 to 1
   * @return the experience as it is stored
   * @throws IllegalArgumentException if there is no such experience
   */
  public FinishedTask score(String tenant, String id, double score) {
    Require.between(0, 1, score, "score");
    return change(
        tenant,
        id,
        memory -> {
          Map<String, Object> metadata = new LinkedHashMap<>(memory.metadata());
          double before = decimal(metadata.get(SCORE));
          double priority = Math.max(decimal(metadata.get(PRIORITY)), Math.abs(score - before));
          metadata.put(SCORE, score);
          metadata.put(PRIORITY, Math.min(1, priority));
          return memory.toBuilder().metadata(metadata).build();
        });
  }

  /**
   * Withdraws an experience, so that no task learns from it any more.
   *
   * @param tenant the tenant
   * @param id id of the experience
   * @param reason why
   * @return the experience as it is stored
   * @throws IllegalArgumentException if there is no such experience
   */
  public FinishedTask withdraw(String tenant, String id, String reason) {
    Pruned pruned = new Pruned(memories.clock().now(), "withdrawn", reason);
    return change(tenant, id, memory -> memory.toBuilder().pruned(pruned).build());
  }

  private FinishedTask change(String tenant, String id, UnaryOperator<Memory> change) {
    MemoryWrite write =
        memories
            .store()
            .change(
                tenant,
                List.of(id),
                List.of(),
                found -> {
                  if (found.isEmpty() || !found.get(0).memory().kind().equals(KIND)) {
                    throw new IllegalArgumentException(
                        "tenant \"%s\" has no experience %s".formatted(tenant, id));
                  }
                  MemoryRecord record = found.get(0);
                  return MemoryWrite.of(List.of(record.with(change.apply(record.memory()))));
                });
    return of(write.put().get(0).memory());
  }

  static FinishedTask of(Memory memory) {
    Map<String, Object> data = memory.metadata();
    String tools = String.valueOf(data.getOrDefault(TOOLS, ""));
    return new FinishedTask(
        memory.id(),
        memory.owner(),
        memory.text(),
        String.valueOf(data.getOrDefault(ANSWER, "")),
        tools.isEmpty() ? List.of() : List.of(tools.split(",")),
        decimal(data.get(SCORE)),
        BigDecimal.valueOf(decimal(data.get(COST))),
        Duration.ofMillis((long) decimal(data.get(LATENCY))),
        memory.created(),
        decimal(data.get(PRIORITY)),
        memory.pruned() == null ? "" : memory.pruned().why());
  }

  private static double decimal(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }
}
