package io.gild.orchestration;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs one of several nodes. */
final class ChoiceNode extends Node {

  private final Function<@Nullable Object, String> choice;
  private final Map<String, Node> nodes;

  ChoiceNode(String name, Function<@Nullable Object, String> choice, Map<String, Node> nodes) {
    super(name);
    this.choice = choice;
    this.nodes = Map.copyOf(nodes);
  }

  @Override
  @Nullable Object run(Place place, @Nullable Object input) throws InterruptedException {
    String chosen = place.run().steps().choose(place.path(), () -> choice.apply(input));
    Node node = nodes.get(chosen);
    if (node == null) {
      throw new StepFailed(
          place.path(), "it chose \"" + chosen + "\", which is none of " + nodes.keySet(), null);
    }
    return node.run(place.child(chosen), input);
  }
}
