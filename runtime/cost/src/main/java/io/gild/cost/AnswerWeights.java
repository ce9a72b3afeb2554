package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.AnswerText;
import io.gild.core.DescribesItself;
import io.gild.core.StreamedAnswer;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what answers take in memory, and bounds their number and their bytes at once: an answer
 * counts for its share of the bytes, but at least for its share of the number.
 */
final class AnswerWeights {

  /** Bytes of an object of which nothing else is known. */
  static final long OBJECT = 1_000;

  /** Bytes of the cache's own entry. */
  private static final long ENTRY = 200;

  private static final long HEADER = 16;
  private static final long TEXT = 56;
  private static final long CHARACTER = 2;
  private static final long BOX = 24;
  private static final long ELEMENT = 8;
  private static final long PAIR = 48;
  private static final int DEEPEST = 16;

  /** Units of an answer that weighs next to nothing, as long as the units of all fit a long. */
  private static final long FINE = 1_000;

  private static final long COARSE_FROM = 1_000_000;
  private static final long MOST = Long.MAX_VALUE / 2;

  private final long least;
  private final long capacity;
  private final long maximumWeight;

  AnswerWeights(long maximumSize, long maximumWeight) {
    this.least = maximumSize < COARSE_FROM ? FINE : 1;
    this.capacity = Math.min(MOST, least * maximumSize);
    this.maximumWeight = maximumWeight;
  }

  /** Returns the units of all answers together. */
  long capacity() {
    return capacity;
  }

  /** Returns the units of an answer; more than the capacity if it weighs too much to be kept. */
  int units(long bytes) {
    double share = Math.ceil((double) (bytes + ENTRY) / maximumWeight * capacity);
    return (int) Math.min(Integer.MAX_VALUE, Math.max((double) least, share));
  }

  /** Returns how many bytes the text of an answer takes that is a library's response; or zero. */
  static long textBytes(AgentCall call) {
    @Nullable Object[] arguments = call.arguments();
    boolean ofALibrary =
        arguments.length > 0 && arguments[arguments.length - 1] instanceof DescribesItself;
    try {
      String text = ofALibrary ? AnswerText.of(call) : null;
      return text == null ? 0 : CHARACTER * text.length();
    } catch (RuntimeException unreadable) { // the answer is kept all the same
      return 0;
    }
  }

  /** Returns about how many bytes a value takes. */
  static long bytes(@Nullable Object value) {
    return bytes(value, 0);
  }

  private static long bytes(@Nullable Object value, int depth) {
    if (value == null) {
      return 0;
    }
    if (value instanceof CharSequence text) {
      return TEXT + CHARACTER * text.length();
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof Character) {
      return BOX;
    }
    if (depth > DEEPEST) {
      return OBJECT;
    }
    if (value instanceof StreamedAnswer streamed) {
      return all(streamed.elements(), depth);
    }
    if (value instanceof CacheKeys.Content content) {
      return bytes(content.array(), depth);
    }
    if (value instanceof Object[] objects) {
      long sum = HEADER;
      for (Object each : objects) {
        sum += ELEMENT + bytes(each, depth + 1);
      }
      return sum;
    }
    if (value.getClass().isArray()) {
      return HEADER + width(value) * Array.getLength(value);
    }
    // The collections of others may be lazy, or ask a server.
    return value.getClass().getName().startsWith("java.") ? ofTheJdk(value, depth) : OBJECT;
  }

  private static long ofTheJdk(Object value, int depth) {
    if (value instanceof Collection<?> collection) {
      return all(collection, depth);
    }
    if (value instanceof Map<?, ?> map) {
      long sum = PAIR;
      for (Map.Entry<?, ?> each : map.entrySet()) {
        sum += PAIR + bytes(each.getKey(), depth + 1) + bytes(each.getValue(), depth + 1);
      }
      return sum;
    }
    if (value instanceof CompletableFuture<?> future
        && future.isDone()
        && !future.isCompletedExceptionally()) {
      return HEADER + bytes(future.join(), depth + 1);
    }
    return OBJECT;
  }

  private static long all(Collection<?> collection, int depth) {
    long sum = PAIR;
    for (Object each : collection) {
      sum += ELEMENT + bytes(each, depth + 1);
    }
    return sum;
  }

  private static long width(Object array) {
    Class<?> type = array.getClass().getComponentType();
    if (type == long.class || type == double.class) {
      return Long.BYTES;
    }
    if (type == int.class || type == float.class) {
      return Integer.BYTES;
    }
    return type == char.class || type == short.class ? Character.BYTES : 1;
  }
}
