package io.gild.versions;

import io.gild.config.Experimental;
import java.nio.charset.StandardCharsets;

/**
 * Divides keys evenly into {@value #COUNT} buckets, the same ones in every JVM.
 *
 * <p>The bucket of a key is {@code murmur3_x86_32(utf8(rollout + "\n" + key), seed 0)}, read as an
 * unsigned number, modulo {@value #COUNT}. The name of the rollout is a part of the text, so that
 * the customers of one rollout are not those of the next one.
 */
@Experimental
public final class Buckets {

  /** How many buckets there are: one is a hundredth of a percent. */
  public static final int COUNT = 10_000;

  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private Buckets() {}

  /**
   * Returns the bucket of a key.
   *
   * @param rollout name of the rollout
   * @param key the key, such as the id of a session
   * @return from 0 to 9,999
   */
  public static int of(String rollout, String key) {
    byte[] text = (rollout + "\n" + key).getBytes(StandardCharsets.UTF_8);
    return (int) (Integer.toUnsignedLong(murmur(text)) % COUNT);
  }

  /** Austin Appleby's MurmurHash3 for 32 bits, with the seed 0. */
  static int murmur(byte[] text) {
    int hash = 0;
    int whole = text.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      int block =
          (text[i] & 0xff)
              | (text[i + 1] & 0xff) << 8
              | (text[i + 2] & 0xff) << 16
              | text[i + 3] << 24;
      hash = Integer.rotateLeft(hash ^ mixed(block), 13) * 5 + 0xe6546b64;
    }
    int rest = 0;
    for (int i = text.length - 1; i >= whole; i--) {
      rest = rest << 8 | (text[i] & 0xff);
    }
    hash ^= mixed(rest) ^ text.length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int mixed(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }
}
