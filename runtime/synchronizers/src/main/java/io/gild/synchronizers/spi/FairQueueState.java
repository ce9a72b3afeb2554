package io.gild.synchronizers.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a queue. Each has a round: the one after that of its producer's last element, or
 * after the round that is being taken. Elements leave by round, so that producers take turns.
 */
final class FairQueueState extends SynchronizerState {

  /**
   * An element.
   *
   * @param number counts all elements
   */
  private record Item(QueueElement element, long round, long number) {}

  private record Taken(Item item, long end) {}

  private static final Comparator<Item> ORDER =
      Comparator.comparingLong(Item::round).thenComparingLong(Item::number);

  private final TreeSet<Item> ready = new TreeSet<>(ORDER);
  private final Map<String, Taken> taken = new LinkedHashMap<>();
  private final Map<String, Long> lastRounds = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private long round;
  private long number;

  boolean offer(QueueElement element, QueueBounds bounds, Step step) {
    expire(step);
    if (ids.contains(element.id())) {
      return true; // the answer that said so was lost
    }
    int own = counts.getOrDefault(element.producer(), 0);
    if (ready.size() + taken.size() >= bounds.capacity() || own >= bounds.capacityPerProducer()) {
      return false;
    }
    long next = Math.max(round, lastRounds.getOrDefault(element.producer(), 0L)) + 1;
    lastRounds.put(element.producer(), next);
    ready.add(new Item(element, next, ++number));
    counts.merge(element.producer(), 1, Integer::sum);
    ids.add(element.id());
    step.change();
    step.wake("");
    return true;
  }

  @Nullable QueueElement take(String id, long lease, Step step) {
    expire(step);
    Taken same = taken.get(id);
    Item item = same == null ? ready.pollFirst() : same.item();
    if (item == null) {
      return null;
    }
    if (same == null) {
      round = Math.max(round, item.round());
      item = new Item(item.element().takenAgain(), item.round(), item.number());
    }
    taken.put(id, new Taken(item, step.end(lease)));
    step.change();
    return item.element();
  }

  boolean finish(String id, Step step) {
    expire(step);
    Taken done = taken.remove(id);
    if (done == null) {
      return false;
    }
    ids.remove(done.item().element().id());
    String producer = done.item().element().producer();
    int left = counts.getOrDefault(producer, 1) - 1;
    if (left > 0) {
      counts.put(producer, left);
    } else {
      counts.remove(producer);
      lastRounds.remove(producer);
    }
    step.change();
    step.wake("");
    return true;
  }

  private void expire(Step step) {
    List<String> over = new ArrayList<>();
    taken.forEach((id, each) -> {
      if (step.isOver(each.end())) {
        over.add(id);
      }
    });
    over.forEach(id -> giveBack(id, step));
  }

  private boolean giveBack(String id, Step step) {
    Taken back = taken.remove(id);
    if (back == null) {
      return false;
    }
    ready.add(back.item());
    step.change();
    step.wake("");
    return true;
  }

  @Override
  boolean renew(String id, long lease, Step step) {
    expire(step);
    Taken own = taken.get(id);
    if (own == null) {
      return false;
    }
    taken.put(id, new Taken(own.item(), step.end(lease)));
    step.change();
    return true;
  }

  @Override
  boolean release(String id, Step step) {
    expire(step);
    return giveBack(id, step);
  }

  @Override
  public boolean isEmpty() {
    return ready.isEmpty() && taken.isEmpty();
  }

  @Override
  Map<String, Object> fields() {
    List<Object> waiting = new ArrayList<>();
    ready.forEach(item -> waiting.add(item(item)));
    List<Object> out = new ArrayList<>();
    taken.forEach((id, each) -> out.add(List.of(id, each.end(), item(each.item()))));
    return Map.of("round", round, "number", number, "ready", waiting, "taken", out);
  }

  private static List<Object> item(Item item) {
    QueueElement element = item.element();
    return List.of(
        element.id(),
        element.producer(),
        element.text(),
        element.deliveries(),
        item.round(),
        item.number());
  }

  @Override
  void read(Map<?, ?> fields) {
    round = number(fields.get("round"));
    number = number(fields.get("number"));
    list(fields, "ready").forEach(each -> ready.add(item((List<?>) each)));
    for (Object each : list(fields, "taken")) {
      List<?> own = (List<?>) each;
      Item item = item((List<?>) own.get(2));
      taken.put((String) own.get(0), new Taken(item, number(own.get(1))));
    }
  }

  private Item item(List<?> values) {
    QueueElement element =
        new QueueElement(
            (String) values.get(0),
            (String) values.get(1),
            (String) values.get(2),
            (int) number(values.get(3)));
    Item item = new Item(element, number(values.get(4)), number(values.get(5)));
    counts.merge(element.producer(), 1, Integer::sum);
    lastRounds.merge(element.producer(), item.round(), Math::max);
    ids.add(element.id());
    return item;
  }
}
