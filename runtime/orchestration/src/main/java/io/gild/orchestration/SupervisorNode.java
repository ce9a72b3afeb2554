package io.gild.orchestration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets a supervisor delegate a task to workers, one delegation at a time. */
final class SupervisorNode extends Node {

  private final Node decide;
  private final Map<String, Node> workers;
  private final Map<String, String> descriptions;
  private final int most;
  private final Class<?> result;

  SupervisorNode(
      String name,
      Node decide,
      Map<String, Node> workers,
      Map<String, String> descriptions,
      int most,
      Class<?> result) {
    super(name);
    this.decide = decide;
    this.workers = Map.copyOf(workers);
    this.descriptions = Map.copyOf(descriptions);
    this.most = most;
    this.result = result;
  }

  @Override
  @Nullable Object run(Place place, @Nullable Object task) throws InterruptedException {
    List<Supervision.Done> done = new ArrayList<>();
    while (true) {
      int left = most - done.size();
      Place round = place.round(done.size() + 1);
      Object next =
          decide.run(round.child(decide.name()), new Supervision(task, descriptions, done, left));
      if (!(next instanceof Supervision.Next known)) {
        throw new StepFailed(place.path(), "the supervisor returned no decision: " + next, null);
      }
      String worker = known.worker();
      if (worker == null) {
        return place.require(result, known.value());
      }
      if (left == 0) {
        throw new StepFailed(
            place.path(), "the supervisor did not finish in " + most + " delegations", null);
      }
      done.add(delegate(round, worker, known.value()));
    }
  }

  /** A worker that fails does not end the run: the supervisor is given the error. */
  private Supervision.Done delegate(Place round, String worker, @Nullable Object input)
      throws InterruptedException {
    Node node = workers.get(worker);
    if (node == null) {
      return new Supervision.Done(
          worker, input, null, "there is no worker " + worker + ", only " + workers.keySet());
    }
    try {
      return new Supervision.Done(worker, input, node.run(round.child(worker), input), null);
    } catch (StepFailed failed) {
      return new Supervision.Done(worker, input, null, failed.getMessage());
    }
  }
}
