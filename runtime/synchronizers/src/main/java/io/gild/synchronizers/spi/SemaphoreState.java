package io.gild.synchronizers.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The permits of a semaphore, and the line before it. */
final class SemaphoreState extends SynchronizerState {

  private record Holder(long token, long end) {}

  private final Map<String, Holder> holders = new LinkedHashMap<>();
  private final Map<String, Long> line = new LinkedHashMap<>();
  private long lastToken;

  Claim claim(ClaimRequest request, Step step) {
    expire(step);
    String id = request.id();
    long lease = request.lease().toMillis();
    Holder own = holders.get(id);
    if (own == null && holders.size() + place(id) < request.permits()) {
      own = new Holder(Math.max(lastToken + 1, step.time().leastToken()), 0);
      lastToken = own.token();
      line.remove(id);
      wakeFirst(step);
    }
    if (own != null) {
      holders.put(id, new Holder(own.token(), step.end(lease)));
      step.change();
      return Claim.granted(own.token());
    }
    if (request.waits()) {
      keepPlace(id, lease, step);
    }
    return Claim.refused(nextEnd() - step.time().earliest());
  }

  /** Returns how many wait before a caller. */
  private int place(String id) {
    int before = 0;
    for (String each : line.keySet()) {
      if (each.equals(id)) {
        break;
      }
      before++;
    }
    return before;
  }

  /** Renews a place only when half of its lease is over: asking again should write nothing. */
  private void keepPlace(String id, long lease, Step step) {
    Long end = line.get(id);
    if (end == null || end - step.time().earliest() < lease / 2) {
      line.put(id, step.end(lease));
      step.change();
    }
  }

  private long nextEnd() {
    long next = Long.MAX_VALUE;
    for (Holder each : holders.values()) {
      next = Math.min(next, each.end());
    }
    for (long each : line.values()) {
      next = Math.min(next, each);
    }
    return next + 1;
  }

  private void expire(Step step) {
    boolean freed = holders.values().removeIf(holder -> step.isOver(holder.end()));
    freed |= line.values().removeIf(step::isOver);
    if (freed) {
      step.change();
      wakeFirst(step);
    }
  }

  private void wakeFirst(Step step) {
    if (!line.isEmpty()) {
      step.wake(line.keySet().iterator().next());
    }
  }

  @Override
  boolean renew(String id, long lease, Step step) {
    expire(step);
    Holder own = holders.get(id);
    if (own == null) {
      return false;
    }
    holders.put(id, new Holder(own.token(), step.end(lease)));
    step.change();
    return true;
  }

  @Override
  boolean release(String id, Step step) {
    expire(step);
    boolean held = holders.remove(id) != null;
    boolean waited = line.remove(id) != null;
    if (held || waited) {
      step.change();
      wakeFirst(step);
    }
    return held || waited;
  }

  @Override
  public boolean isEmpty() {
    return holders.isEmpty() && line.isEmpty();
  }

  @Override
  Map<String, Object> fields() {
    List<Object> held = new ArrayList<>();
    holders.forEach((id, holder) -> held.add(List.of(id, holder.token(), holder.end())));
    List<Object> waiting = new ArrayList<>();
    line.forEach((id, end) -> waiting.add(List.of(id, end)));
    return Map.of("token", lastToken, "held", held, "line", waiting);
  }

  @Override
  void read(Map<?, ?> fields) {
    lastToken = number(fields.get("token"));
    for (Object each : list(fields, "held")) {
      List<?> holder = (List<?>) each;
      holders.put((String) holder.get(0), new Holder(number(holder.get(1)), number(holder.get(2))));
    }
    for (Object each : list(fields, "line")) {
      List<?> place = (List<?>) each;
      line.put((String) place.get(0), number(place.get(1)));
    }
  }
}
