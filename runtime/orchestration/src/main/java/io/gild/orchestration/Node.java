package io.gild.orchestration;

import org.jspecify.annotations.Nullable;

/** A part of a workflow: a step, or an arrangement of other parts. Immutable. */
abstract class Node {

  private final String name;

  Node(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /**
   * Does the work, or returns its result if the run has it.
   *
   * @param place where the node stands in a run; its own name is the last part of the path
   * @return the result
   */
  abstract @Nullable Object run(Place place, @Nullable Object input) throws InterruptedException;

  /** A place in a run. */
  record Place(RunScope run, String path) {

    Place child(String name) {
      return new Place(run, path.isEmpty() ? name : path + "/" + name);
    }

    /** Returns a value whose type no compiler has checked. */
    @Nullable Object require(Class<?> type, @Nullable Object value) {
      if (value != null && !type.isInstance(value)) {
        throw new StepFailed(
            path,
            "its result must be a " + type.getName() + ", but is a " + value.getClass().getName(),
            null);
      }
      return value;
    }

    Place round(int number) {
      return new Place(run, path + "[" + number + "]");
    }
  }
}
