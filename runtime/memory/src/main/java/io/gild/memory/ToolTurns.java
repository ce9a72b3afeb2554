package io.gild.memory;

import io.gild.memory.SeenMessages.Seen;
import io.gild.memory.spi.MessageForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Orders messages as providers require: instructions first, and results after their requests. */
final class ToolTurns {

  private ToolTurns() {}

  /**
   * Returns the messages with each result of a tool right after its request, also if another writer
   * wrote something in between. Results whose request is gone are left out.
   */
  static <M> List<Seen<M>> ordered(List<Seen<M>> messages, MessageForm<M> form) {
    Map<String, Seen<M>> requests = new HashMap<>();
    Map<Seen<M>, List<Seen<M>>> results = new IdentityHashMap<>();
    List<Seen<M>> others = new ArrayList<>();
    for (Seen<M> seen : messages) {
      List<String> ids = form.results(seen.message());
      if (ids.isEmpty()) {
        form.requests(seen.message()).forEach(id -> requests.put(id, seen));
        others.add(seen);
      } else {
        ids.stream()
            .filter(requests::containsKey)
            .findFirst()
            .ifPresent(id ->
                results.computeIfAbsent(requests.get(id), first -> new ArrayList<>()).add(seen));
      }
    }
    List<Seen<M>> ordered = new ArrayList<>(messages.size());
    for (Seen<M> seen : others) {
      ordered.add(seen);
      ordered.addAll(results.getOrDefault(seen, List.of()));
    }
    return ordered;
  }
}
