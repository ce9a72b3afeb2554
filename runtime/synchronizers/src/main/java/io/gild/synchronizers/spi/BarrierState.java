package io.gild.synchronizers.spi;

import io.gild.synchronizers.spi.Arrival.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parties at a barrier, and how the generations before ended. */
final class BarrierState extends SynchronizerState {

  private static final int REMEMBERED = 100;

  private final Map<String, Long> waiting = new LinkedHashMap<>();
  private final List<Long> broken = new ArrayList<>();
  private final List<String> passed = new ArrayList<>();
  private long generation = 1;
  private int parties;

  Arrival arrive(String id, long own, int wanted, long lease, Step step) {
    expire(step);
    boolean isNew = own == 0 && !waiting.containsKey(id);
    if (isNew && passed.contains(id)) {
      return answer(Status.TRIPPED, generation - 1); // the answer that said so was lost
    }
    if (!isNew && !waiting.containsKey(id)) {
      boolean isOver = own < generation && !broken.contains(own);
      return answer(isOver ? Status.TRIPPED : Status.BROKEN, own);
    }
    if (isNew && !waiting.isEmpty() && parties != wanted) {
      return answer(Status.MISMATCHED, generation);
    }
    if (isNew) {
      parties = wanted;
    }
    waiting.put(id, step.end(lease));
    step.change();
    if (waiting.size() < parties) {
      return answer(Status.WAITING, generation);
    }
    passed.clear();
    passed.addAll(waiting.keySet());
    end(step);
    return answer(Status.TRIPPED, generation - 1);
  }

  private Arrival answer(Status status, long which) {
    return new Arrival(status, which, parties);
  }

  private void expire(Step step) {
    if (waiting.values().stream().anyMatch(step::isOver)) {
      breakGeneration(step);
    }
  }

  private void breakGeneration(Step step) {
    broken.add(generation);
    if (broken.size() > REMEMBERED) {
      broken.remove(0);
    }
    end(step);
  }

  private void end(Step step) {
    waiting.clear();
    generation++;
    step.change();
    step.wake("");
  }

  @Override
  boolean renew(String id, long lease, Step step) {
    expire(step);
    if (!waiting.containsKey(id)) {
      return false;
    }
    waiting.put(id, step.end(lease));
    step.change();
    return true;
  }

  @Override
  boolean release(String id, Step step) {
    expire(step);
    if (!waiting.containsKey(id)) {
      return false;
    }
    breakGeneration(step);
    return true;
  }

  /** Generations stay numbered while a party may ask about the last one. */
  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  Map<String, Object> fields() {
    List<Object> there = new ArrayList<>();
    waiting.forEach((id, end) -> there.add(List.of(id, end)));
    return Map.of(
        "generation", generation,
        "parties", parties,
        "waiting", there,
        "passed", passed,
        "broken", broken);
  }

  @Override
  void read(Map<?, ?> fields) {
    generation = number(fields.get("generation"));
    parties = (int) number(fields.get("parties"));
    for (Object each : list(fields, "waiting")) {
      List<?> party = (List<?>) each;
      waiting.put((String) party.get(0), number(party.get(1)));
    }
    list(fields, "passed").forEach(id -> passed.add((String) id));
    list(fields, "broken").forEach(number -> broken.add(number(number)));
  }
}
