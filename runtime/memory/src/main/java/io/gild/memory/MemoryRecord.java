package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.vectors.TextWords;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A memory as a store keeps it, with the vector of its text.
 *
 * @param memory the memory
 * @param vector of length 1, in the space of the store; not to be changed. Without components if
 *     the text has no direction, such as one without a letter.
 */
@Experimental
@SuppressWarnings("ArrayRecordComponent") // vectors are large, and copied nowhere
public record MemoryRecord(Memory memory, float[] vector) {

  /**
   * Returns what two memories have in common if they say the same: owner, kind, and the words of
   * the text without regard to case, punctuation and spacing.
   *
   * @return a text of fixed length
   */
  public String fingerprint() {
    return fingerprint(memory.owner(), memory.kind(), memory.text());
  }

  /**
   * Returns the cosine between two vectors of length 1.
   *
   * @param one a vector
   * @param other another one of the same space
   * @return -1 to 1; 0 if one has no components
   */
  public static double cosine(float[] one, float[] other) {
    if (one.length != other.length) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return Math.max(-1, Math.min(1, sum));
  }

  static String fingerprint(MemoryOwner owner, String kind, String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    List<String> words = TextWords.of(normal, TextWords.PLAIN);
    return FileNames.hash(
        Json.write(
            List.of(
                owner.agent(),
                owner.user(),
                kind,
                words.isEmpty() ? List.of(normal.strip()) : words)));
  }

  /**
   * Returns the same record with another memory of the same text.
   *
   * @param other the memory
   * @return the record
   */
  public MemoryRecord with(Memory other) {
    return new MemoryRecord(other, vector);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MemoryRecord record
        && memory.equals(record.memory)
        && Arrays.equals(vector, record.vector);
  }

  @Override
  public int hashCode() {
    return memory.hashCode();
  }

  @Override
  public String toString() {
    return memory.toString();
  }
}
