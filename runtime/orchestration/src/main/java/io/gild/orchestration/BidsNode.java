package io.gild.orchestration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks peers for bids and awards the task to the best; if that one fails, to the next. */
final class BidsNode extends Node {

  private final Map<String, Node> bidders;
  private final Map<String, Node> workers;

  BidsNode(String name, Map<String, Node> bidders, Map<String, Node> workers) {
    super(name);
    this.bidders = new LinkedHashMap<>(bidders);
    this.workers = Map.copyOf(workers);
  }

  @Override
  @Nullable Object run(Place place, @Nullable Object input) throws InterruptedException {
    List<Branches.Ended> bids =
        Branches.run(place.child("bid"), bidders, input, Branches.ALL_EVEN_IF_SOME_FAIL);
    List<Ranked> ranked = new ArrayList<>();
    for (Branches.Ended ended : bids) {
      if (ended.value() instanceof Bid bid) {
        ranked.add(new Ranked(ended.name(), bid.score()));
      }
    }
    ranked.sort(Comparator.comparingDouble(Ranked::score).reversed());
    StepFailed last = null;
    for (Ranked bid : ranked) {
      try {
        return worker(bid.name()).run(place.child(bid.name()), input);
      } catch (StepFailed failed) {
        last = failed;
      }
    }
    throw new StepFailed(
        place.path(),
        last == null ? "none of " + bidders.keySet() + " made a bid" : "every bidder failed",
        last);
  }

  private record Ranked(String name, double score) {}

  private Node worker(String name) {
    return Objects.requireNonNull(workers.get(name));
  }
}
