package io.gild.core;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** The effects of one call, under all interleavings of the threads that two attempts use. */
class EffectLedgerLinearizabilityTests {

  private static final EffectLedger.Key KEY = new EffectLedger.Key("pay", List.of("acme"));

  @Test
  void isLinearizable() {
    new ModelCheckingOptions()
        .iterations(8)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .sequentialSpecification(ModelledEffects.class)
        .check(Effects.class);
  }

  /** The operations; a run is known by its number. */
  public static class Effects {

    private final EffectLedger ledger = new EffectLedger();
    private final List<EffectLedger.Run> runs = new ArrayList<>();

    public Effects() {
      for (int i = 0; i < 4; i++) {
        runs.add(new EffectLedger.Run(KEY));
      }
    }

    @Operation(runOnce = true)
    public int first() {
      return runs.indexOf(ledger.take(1, runs.get(0)));
    }

    @Operation(runOnce = true)
    public int firstAgain() {
      return runs.indexOf(ledger.take(1, runs.get(1)));
    }

    @Operation(runOnce = true)
    public int second() {
      return runs.indexOf(ledger.take(2, runs.get(2)));
    }

    @Operation(runOnce = true)
    public int secondAgain() {
      return runs.indexOf(ledger.take(2, runs.get(3)));
    }

    @Operation(runOnce = true)
    public void forget() {
      ledger.forget(runs.get(0));
    }
  }

  /** What one thread would see, written another way: who was given what, in order. */
  public static class ModelledEffects {

    private record Place(int run, int attempt) {}

    private final List<Place> places = new ArrayList<>();

    private int take(int attempt, int own) {
      for (int i = 0; i < places.size(); i++) {
        if (places.get(i).attempt() != attempt) {
          places.set(i, new Place(places.get(i).run(), attempt));
          return places.get(i).run();
        }
      }
      places.add(new Place(own, attempt));
      return own;
    }

    public int first() {
      return take(1, 0);
    }

    public int firstAgain() {
      return take(1, 1);
    }

    public int second() {
      return take(2, 2);
    }

    public int secondAgain() {
      return take(2, 3);
    }

    public void forget() {
      places.removeIf(place -> place.run() == 0);
    }
  }
}
