package io.gild.core;

import io.gild.core.spi.EffectJournal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The side effects of one call, so that a further attempt gets their results again; thread-safe.
 *
 * <p>Two equal effects in one attempt are two effects: those of a further attempt are matched to
 * them in order. An effect is entered when it begins, because an effect that an earlier attempt
 * left running must not run twice at once.
 */
final class EffectLedger {

  /** An effect is identified by its method and arguments. */
  record Key(String method, List<@Nullable Object> arguments) {}

  /** One run of an effect: completes with its result, exceptionally if there is none to replay. */
  static final class Run extends CompletableFuture<@Nullable Object> {

    private final Key key;

    /** The effect's entry in the journal of the work around it, if that has one. */
    EffectJournal.@Nullable Entry entry;

    Run(Key key) {
      this.key = key;
    }

    List<@Nullable Object> arguments() {
      return key.arguments();
    }
  }

  /** A run, and the last attempt that got it. */
  private static final class Place {

    private final Run run;
    private int attempt;

    Place(Run run, int attempt) {
      this.run = run;
      this.attempt = attempt;
    }
  }

  private final Map<Key, List<Place>> places = new HashMap<>();

  /**
   * Gives an attempt the next run of an effect.
   *
   * @return the run that another attempt left, or else the given one, which is kept from now on
   */
  synchronized Run take(int attempt, Run own) {
    List<Place> known = places.computeIfAbsent(own.key, absent -> new ArrayList<>(1));
    for (Place place : known) {
      if (place.attempt != attempt) {
        place.attempt = attempt;
        return place.run;
      }
    }
    known.add(new Place(own, attempt));
    return own;
  }

  /** Removes a run that has no result, so that the effect may run again. */
  synchronized void forget(Run run) {
    List<Place> known = places.get(run.key);
    if (known != null) {
      known.removeIf(place -> place.run == run);
    }
  }
}
