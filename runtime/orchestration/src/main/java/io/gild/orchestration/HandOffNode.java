package io.gild.orchestration;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets agents pass a conversation among each other until one of them ends it. */
final class HandOffNode extends Node {

  private final Map<String, Node> agents;
  private final String first;
  private final int most;
  private final Class<?> result;

  HandOffNode(String name, Map<String, Node> agents, String first, int most, Class<?> result) {
    super(name);
    this.agents = Map.copyOf(agents);
    this.first = first;
    this.most = most;
    this.result = result;
  }

  @Override
  @Nullable Object run(Place place, @Nullable Object input) throws InterruptedException {
    String agent = first;
    Object value = input;
    for (int turn = 1; turn <= most; turn++) {
      Object answer = agent(place, agent).run(place.round(turn).child(agent), value);
      if (!(answer instanceof HandOff handOff)) {
        throw new StepFailed(
            place.path(), agent + " must return a HandOff, but returned " + type(answer), null);
      }
      if (handOff.to() == null) {
        return place.require(result, handOff.value());
      }
      agent = handOff.to();
      value = handOff.value();
    }
    throw new StepFailed(
        place.path(), "no agent ended the conversation in " + most + " turns", null);
  }

  private Node agent(Place place, String name) {
    Node agent = agents.get(name);
    if (agent == null) {
      throw new StepFailed(
          place.path(),
          "it was handed to \"" + name + "\", which is none of " + agents.keySet(),
          null);
    }
    return agent;
  }

  private static String type(@Nullable Object value) {
    return value == null ? "null" : value.getClass().getName();
  }
}
