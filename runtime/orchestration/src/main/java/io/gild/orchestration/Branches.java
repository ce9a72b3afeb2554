package io.gild.orchestration;

import io.gild.core.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Runs nodes at the same time, each on a thread of its own. */
final class Branches {

  /** Waits for every branch and returns those that succeeded. */
  static final int ALL_EVEN_IF_SOME_FAIL = -1;

  /** A branch that has its result, or that failed. */
  record Ended(String name, @Nullable Object value, @Nullable Throwable failure) {}

  private Branches() {}

  /**
   * Runs branches with the same input.
   *
   * @param needed how many must succeed, or {@link #ALL_EVEN_IF_SOME_FAIL}; the rest is canceled
   *     then. If that many cannot succeed anymore, all are canceled and the first failure is
   *     thrown.
   * @return the branches that count, in the order in which they were given; after a restart of the
   *     JVM the same ones
   */
  static List<Ended> run(
      Node.Place place, Map<String, Node> branches, @Nullable Object input, int needed)
      throws InterruptedException {
    Set<String> counted = place.run().steps().chosen(place.path());
    if (counted != null) {
      return again(place, branches, input, counted);
    }
    List<RunThread> threads = new ArrayList<>();
    BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    try {
      branches.forEach((name, node) -> threads.add(start(place, name, node, input, ended)));
      List<Ended> results = await(branches.size(), ended, needed);
      List<Ended> ordered =
          branches.keySet().stream()
              .flatMap(name -> results.stream().filter(result -> result.name().equals(name)))
              .toList();
      if (needed < branches.size()) { // which ones were fast, or failed, is known to this run alone
        place.run().steps().chose(place.path(), ordered.stream().map(Ended::name).toList());
      }
      return ordered;
    } finally {
      place.run().threads().end(threads);
    }
  }

  /** All of these have their results already. */
  private static List<Ended> again(
      Node.Place place, Map<String, Node> branches, @Nullable Object input, Set<String> counted)
      throws InterruptedException {
    List<Ended> results = new ArrayList<>();
    for (Map.Entry<String, Node> branch : branches.entrySet()) {
      if (counted.contains(branch.getKey())) {
        Object value = branch.getValue().run(place.child(branch.getKey()), input);
        results.add(new Ended(branch.getKey(), value, null));
      }
    }
    return results;
  }

  private static RunThread start(
      Node.Place place,
      String name,
      Node node,
      @Nullable Object input,
      BlockingQueue<Ended> ended) {
    Runnable work =
        () -> {
          try {
            ended.add(new Ended(name, node.run(place.child(name), input), null));
          } catch (Throwable failure) {
            ended.add(new Ended(name, null, failure));
          }
        };
    return place.run().threads().start(CallContext.capture().wrap(work));
  }

  private static List<Ended> await(int branches, BlockingQueue<Ended> queue, int needed)
      throws InterruptedException {
    List<Ended> succeeded = new ArrayList<>();
    Throwable failure = null;
    boolean suspended = false;
    int failed = 0;
    int tolerated = needed < 0 ? branches : branches - needed;
    for (int i = 0; i < branches; i++) {
      Ended next = queue.take();
      if (next.failure() == null) {
        succeeded.add(next);
        if (succeeded.size() == needed) {
          return succeeded;
        }
      } else if (next.failure() instanceof RunSuspended) {
        suspended = true;
      } else if (next.failure() instanceof StepFailed && ++failed <= tolerated) {
        failure = failure == null ? next.failure() : failure;
      } else {
        throw propagate(failure == null ? next.failure() : failure);
      }
    }
    if (suspended) {
      throw new RunSuspended();
    }
    if (needed > 0 && failure != null) {
      throw propagate(failure);
    }
    return succeeded;
  }

  private static RuntimeException propagate(Throwable failure) throws InterruptedException {
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known
        ? known
        : new OrchestrationException("a branch failed", failure);
  }
}
