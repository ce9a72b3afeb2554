package io.gild.orchestration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs nodes at the same time and joins their results. */
final class ParallelNode extends Node {

  private final Map<String, Node> branches;
  private final int needed;
  private final Function<List<@Nullable Object>, @Nullable Object> join;

  /**
   * Creates the node.
   *
   * @param needed how many branches must succeed
   * @param join gets the results in the order of the branches
   */
  ParallelNode(
      String name,
      Map<String, Node> branches,
      int needed,
      Function<List<@Nullable Object>, @Nullable Object> join) {
    super(name);
    this.branches = new LinkedHashMap<>(branches);
    this.needed = needed;
    this.join = join;
  }

  @Override
  @Nullable Object run(Place place, @Nullable Object input) throws InterruptedException {
    List<@Nullable Object> values = new ArrayList<>();
    for (Branches.Ended branch : Branches.run(place, branches, input, needed)) {
      values.add(branch.value());
    }
    try {
      return join.apply(values);
    } catch (StepFailed failed) {
      throw failed;
    } catch (RuntimeException failure) {
      throw new StepFailed(place.path(), "the results cannot be joined: " + failure, failure);
    }
  }
}
