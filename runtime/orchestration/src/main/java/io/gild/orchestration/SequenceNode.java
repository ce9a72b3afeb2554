package io.gild.orchestration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs nodes one after another, each with the result of the one before. */
final class SequenceNode extends Node {

  private final List<Node> nodes;

  SequenceNode(String name, List<Node> nodes) {
    super(name);
    this.nodes = List.copyOf(nodes);
  }

  @Override
  @Nullable Object run(Place place, @Nullable Object input) throws InterruptedException {
    Object value = input;
    for (Node node : nodes) {
      value = node.run(place.child(node.name()), value);
    }
    return value;
  }
}
