package io.gild.benchmarks;

import io.gild.memory.EmbeddedMemoryStore;
import io.gild.memory.Experiences;
import io.gild.memory.FinishedTask;
import io.gild.memory.Memories;
import io.gild.memory.MemoryOwner;
import io.gild.memory.MemorySource;
import io.gild.memory.UsefulExperience;
import io.gild.vectors.Bm25;
import io.gild.vectors.Bm25Index;
import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.HashEmbedder;
import io.gild.vectors.VectorSpace;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A simulated agent that does not know which of its tools a task needs, and learns only from what
 * it recalls: it takes the tool of the most useful success, or else any tool but those of failures.
 */
final class LearningAgent {

  private static final List<String> TOOLS =
      List.of("refund", "track", "invoice", "upgrade", "escalate");

  private static final List<String> ACTIONS =
      List.of(
          "get my money back for",
          "find out where I can pick up",
          "receive the bill of",
          "exchange for a larger one",
          "complain about the seller of",
          "cancel the order of",
          "change the address for",
          "extend the warranty of",
          "get a duplicate receipt for",
          "report as damaged");

  private static final List<String> FRAMES =
      List.of(
          "I would like to %s %s", "How can I %s %s?", "Please help me to %s %s", "%s %s, how?");

  private static final List<String> THINGS =
      List.of(
          "a lamp",
          "the red shoes",
          "my phone",
          "two books",
          "this bicycle",
          "a kettle",
          "the garden chairs",
          "a winter coat",
          "the headphones",
          "my glasses");

  private static final MemoryOwner OWNER = new MemoryOwner("", "shop", "");

  private LearningAgent() {}

  /** Returns the share of solved tasks, in percent. */
  static double score(int tasks, long seed, boolean learns) {
    HashEmbedder embedder = new HashEmbedder();
    VectorSpace space = new VectorSpace(embedder.name(), embedder.embed("").length);
    Experiences experiences =
        new Experiences(
            Memories.builder(
                    new EmbeddedMemoryStore(
                        new Bm25Index(Bm25.MESSAGES), new FlatVectorIndex(space)),
                    embedder)
                .build(),
            tasks);
    Random random = new Random(seed);
    int solved = 0;
    for (int i = 0; i < tasks; i++) {
      int action = random.nextInt(ACTIONS.size());
      String task =
          FRAMES
              .get(random.nextInt(FRAMES.size()))
              .formatted(ACTIONS.get(action), THINGS.get(random.nextInt(THINGS.size())));
      String needed = TOOLS.get(action * 7 % TOOLS.size());
      String chosen = choose(learns ? experiences.useful(OWNER, task, 3) : List.of(), random);
      boolean right = chosen.equals(needed);
      solved += right ? 1 : 0;
      experiences.record(
          OWNER,
          task,
          right ? "done with " + chosen : chosen + " was of no use",
          List.of(chosen),
          right ? 1 : 0,
          BigDecimal.ZERO,
          Duration.ZERO,
          MemorySource.UNKNOWN);
    }
    return 100.0 * solved / tasks;
  }

  private static String choose(List<UsefulExperience> useful, Random random) {
    Set<String> failed = new HashSet<>();
    for (UsefulExperience each : useful) {
      FinishedTask task = each.experience();
      if (task.isSuccess()) {
        return task.tools().get(0);
      }
      failed.addAll(task.tools());
    }
    List<String> left = new ArrayList<>(TOOLS);
    left.removeAll(failed);
    return left.isEmpty()
        ? TOOLS.get(random.nextInt(TOOLS.size()))
        : left.get(random.nextInt(left.size()));
  }
}
