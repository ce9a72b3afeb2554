package io.gild.orchestration;

import io.gild.a2a.client.A2aClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects that do the steps of declared workflows; not thread-safe. */
final class WorkflowAgents {

  private final List<Object> agents = new ArrayList<>();
  private final Map<String, Object> byStep = new LinkedHashMap<>();
  private final Map<String, A2aClient> clients = new HashMap<>();
  private final Map<String, BrokerPeers> peers = new LinkedHashMap<>();
  private final Set<Integer> used = new HashSet<>();
  private final Set<String> usedSteps = new HashSet<>();
  private final Set<String> usedUrls = new HashSet<>();
  private final Set<String> usedTopics = new HashSet<>();

  void add(Object agent) {
    agents.add(agent);
  }

  void add(String step, Object agent) {
    if (byStep.putIfAbsent(step, agent) != null) {
      throw new IllegalArgumentException("two agents were given for the step " + step);
    }
  }

  void add(String url, A2aClient client) {
    clients.put(url, client);
  }

  void add(BrokerPeers value) {
    peers.put(value.topic(), value);
  }

  /**
   * Returns the agent of a step.
   *
   * @throws IllegalArgumentException if none or several fit
   */
  Object find(String step, Class<?> type) {
    Object own = byStep.get(step);
    if (own != null) {
      usedSteps.add(step);
      if (!type.isInstance(own)) {
        throw new IllegalArgumentException(
            "the step %s needs a %s, but was given a %s"
                .formatted(step, type.getName(), own.getClass().getName()));
      }
      return own;
    }
    List<Integer> fitting = new ArrayList<>();
    for (int i = 0; i < agents.size(); i++) {
      if (type.isInstance(agents.get(i))) {
        fitting.add(i);
      }
    }
    return only(fitting, step, type);
  }

  private Object only(List<Integer> fitting, String step, Class<?> type) {
    List<Integer> exact =
        fitting.stream().filter(each -> agents.get(each).getClass() == type).toList();
    List<Integer> chosen = exact.size() == 1 ? exact : fitting;
    if (chosen.size() != 1) {
      String given =
          chosen.isEmpty()
              ? "none was given: add it to with(...)"
              : chosen.size() + " were given: use agent(\"" + step + "\", ...)";
      throw new IllegalArgumentException(
          "the step %s needs one %s, but %s".formatted(step, type.getName(), given));
    }
    used.add(chosen.get(0));
    return agents.get(chosen.get(0));
  }

  A2aClient client(String url) {
    usedUrls.add(url);
    return clients.computeIfAbsent(url, each -> A2aClient.builder(each).usage().build());
  }

  /**
   * Returns the peers of a topic.
   *
   * @throws IllegalArgumentException if none were given
   */
  BrokerPeers peers(String step, String topic) {
    BrokerPeers known = peers.get(topic);
    if (known == null) {
      throw new IllegalArgumentException(
          "the step %s needs peers: add peers(BrokerPeers.of(broker, \"%s\"))"
              .formatted(step, topic));
    }
    usedTopics.add(topic);
    return known;
  }

  /**
   * Requires that each object does something.
   *
   * @throws IllegalArgumentException if one does not
   */
  void requireUsed() {
    List<String> idle = new ArrayList<>();
    for (int i = 0; i < agents.size(); i++) {
      if (!used.contains(i)) {
        idle.add(agents.get(i).getClass().getName());
      }
    }
    byStep.keySet().stream()
        .filter(step -> !usedSteps.contains(step))
        .forEach(step -> idle.add("agent(\"" + step + "\", ...)"));
    peers.keySet().stream()
        .filter(topic -> !usedTopics.contains(topic))
        .forEach(topic -> idle.add("the peers of " + topic));
    clients.keySet().stream()
        .filter(url -> !usedUrls.contains(url))
        .forEach(url -> idle.add("client(\"" + url + "\", ...)"));
    if (!idle.isEmpty()) {
      throw new IllegalArgumentException(
          "no step uses " + String.join(", ", idle) + "; leave it out, or check the steps");
    }
  }
}
