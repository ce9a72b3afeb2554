package io.gild.testkit;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which requests fail, and how.
 *
 * <p>The fault of a request depends on the seed and on the request's sequence number (the first is
 * 1) only: two runs with the same seed fail the same requests in the same way. An instance is
 * immutable.
 */
@Experimental
public final class Faults {

  /** A window of requests, by sequence number, all of which fail. */
  private record Outage(long first, long last) {

    boolean contains(long sequence) {
      return sequence >= first && sequence <= last;
    }
  }

  private static final int RATE_STREAM = 11;
  private static final int MIX_STREAM = 12;

  private final double rate;
  private final Map<Fault, Integer> mix;
  private final List<Fault> script;
  private final List<Outage> outages;

  private Faults(double rate, Map<Fault, Integer> mix, List<Fault> script, List<Outage> outages) {
    this.rate = rate;
    this.mix = Collections.unmodifiableMap(new TreeMap<>(mix));
    this.script = List.copyOf(script);
    this.outages = List.copyOf(outages);
  }

  /** Returns the absence of faults. */
  public static Faults none() {
    return new Faults(0, Map.of(), List.of(), List.of());
  }

  /**
   * Returns faults at a rate between 0 and 1, in the default mix of faults before any answer: 429
   * (weight 4), 500 (2), 503 (3) and reset (1).
   */
  public static Faults rate(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("A fault rate must be from 0 to 1, but is " + rate);
    }
    Map<Fault, Integer> mix = new TreeMap<>();
    mix.put(Fault.STATUS_429, 4);
    mix.put(Fault.STATUS_500, 2);
    mix.put(Fault.STATUS_503, 3);
    mix.put(Fault.RESET, 1);
    return new Faults(rate, mix, List.of(), List.of());
  }

  /** Returns the faults of the first requests, one by one; all later requests are answered. */
  public static Faults script(Fault... faults) {
    return new Faults(0, Map.of(), List.of(faults), List.of());
  }

  /** Returns these faults with another weight for one kind; 0 removes it from the mix. */
  public Faults weighing(Fault fault, int weight) {
    if (fault == Fault.OK || fault == Fault.OUTAGE || weight < 0) {
      throw new IllegalArgumentException(
          "A weight must be 0 or more, and OK and OUTAGE cannot have one: " + fault + " " + weight);
    }
    Map<Fault, Integer> changed = new TreeMap<>(mix);
    changed.put(fault, weight);
    return new Faults(rate, changed, script, outages);
  }

  /** Returns these faults and an outage: requests first to last (both included) fail with 503. */
  public Faults outage(long first, long last) {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "An outage starts at request 1 or later and does not end before it starts: "
              + first
              + " to "
              + last);
    }
    List<Outage> more = new ArrayList<>(outages);
    more.add(new Outage(first, last));
    return new Faults(rate, mix, script, more);
  }

  /** Returns the fault of one request. */
  public Fault of(long seed, long sequence) {
    if (outages.stream().anyMatch(outage -> outage.contains(sequence))) {
      return Fault.OUTAGE;
    }
    if (sequence <= script.size()) {
      return script.get((int) sequence - 1);
    }
    return Seeded.uniform(seed, RATE_STREAM, sequence) < rate ? drawn(seed, sequence) : Fault.OK;
  }

  private Fault drawn(long seed, long sequence) {
    int total = mix.values().stream().mapToInt(Integer::intValue).sum();
    double point = Seeded.uniform(seed, MIX_STREAM, sequence) * total;
    for (Map.Entry<Fault, Integer> weighed : mix.entrySet()) {
      point -= weighed.getValue();
      if (point < 0) {
        return weighed.getKey();
      }
    }
    return Fault.OK;
  }
}
