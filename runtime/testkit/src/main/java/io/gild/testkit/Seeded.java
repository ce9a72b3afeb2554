package io.gild.testkit;

/** Random numbers that depend only on a seed and a position, not on the order of threads. */
final class Seeded {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Seeded() {}

  /** Returns a number in [0, 1) for one position of one stream of a seed. */
  static double uniform(long seed, int stream, long position) {
    long mixed = mix(mix(seed + stream * GOLDEN) + position * GOLDEN);
    return (mixed >>> 11) * 0x1.0p-53;
  }

  /** Returns a standard normal number for one position (Box and Muller 1958). */
  static double normal(long seed, int stream, long position) {
    double radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, stream, position)));
    return radius * Math.cos(2 * Math.PI * uniform(seed, stream + 1, position));
  }

  /** SplitMix64's finalizer (Steele, Lea and Flood 2014). */
  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
