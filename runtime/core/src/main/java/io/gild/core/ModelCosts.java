package io.gild.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what the requests of one call cost, by model. Not thread-safe. */
final class ModelCosts {

  /** Further models of one call are added up under one name. */
  private static final int MOST = 100;

  private static final Key OTHERS = new Key("other", "other");

  private record Key(String provider, String model) {}

  private static final class Sums {
    private final long[] nanoUsd = new long[CostKind.values().length];
    private long unpriced;
  }

  private final Map<Key, Sums> sums = new LinkedHashMap<>(2);

  /** Adds the cost of a request, or {@link ModelCost#UNPRICED}. */
  void add(String provider, String model, long[] nanoUsd) {
    Key key = new Key(provider, model);
    Key kept = sums.size() < MOST || sums.containsKey(key) ? key : OTHERS;
    Sums sum = sums.computeIfAbsent(kept, absent -> new Sums());
    sum.unpriced += nanoUsd.length == 0 ? 1 : 0;
    for (int kind = 0; kind < nanoUsd.length; kind++) {
      sum.nanoUsd[kind] += nanoUsd[kind];
    }
  }

  List<ModelCost> list() {
    List<ModelCost> all = new ArrayList<>(sums.size());
    sums.forEach((key, sum) ->
        all.add(new ModelCost(key.provider(), key.model(), sum.nanoUsd, sum.unpriced)));
    return all;
  }
}
