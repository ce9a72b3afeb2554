package io.gild.golden;

import io.gild.config.Experimental;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the golden tasks, so that several machines run them together. Which shard has a task
 * depends on the names of its agent and of the task alone, so all machines agree, and tasks that
 * are added or removed move no others. All repeats of a task are in one shard. Immutable.
 *
 * @param index which shard this is, from 1
 * @param count how many there are, from 1 to 1,000
 */
@Experimental
public record Shard(int index, int count) {

  /** The one shard with all tasks. */
  public static final Shard ALL = new Shard(1, 1);

  private static final int MOST = 1_000;
  private static final Pattern FORM = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  /** Checks the values. */
  public Shard {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "shard must be one of 1 to " + MOST + " shards, but is of " + count);
    }
    if (index < 1 || index > count) {
      throw new IllegalArgumentException(
          "shard must be from 1/%d to %d/%d, but is %d/%d"
              .formatted(count, count, count, index, count));
    }
  }

  /**
   * Reads a shard.
   *
   * @param text such as {@code 3/8}
   * @return the shard
   * @throws IllegalArgumentException if it is invalid; the message begins with {@code shard}
   */
  public static Shard parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "shard must be a number and how many there are, such as 3/8, but is \"" + text + "\"");
    }
    return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  /**
   * Returns the shard that the system property {@code gild.shard} names.
   *
   * @return the shard; all tasks if the property is absent or blank
   * @throws IllegalArgumentException if it is invalid
   */
  public static Shard ofProperty() {
    String text = System.getProperty("gild.shard", "");
    return text.isBlank() ? ALL : parse(text);
  }

  /** Returns whether this is the only shard. */
  public boolean isWhole() {
    return count == 1;
  }

  /**
   * Returns whether a task is in this shard.
   *
   * @param agent name of the agent
   * @param task id of the task
   * @return whether it is
   */
  public boolean contains(String agent, String task) {
    return isWhole() || of(agent, task, count).index == index;
  }

  /**
   * Returns the shard of a task: the first four bytes of the SHA-256 of {@code agent/task} in
   * UTF-8, as a number without a sign, modulo the number of shards, plus one.
   *
   * @param agent name of the agent
   * @param task id of the task
   * @param count how many shards there are
   * @return the shard
   */
  public static Shard of(String agent, String task, int count) {
    byte[] hash;
    try {
      hash =
          MessageDigest.getInstance("SHA-256")
              .digest((agent + "/" + task).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException(absent); // every Java platform has it
    }
    long number = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      number = number << Byte.SIZE | Byte.toUnsignedLong(hash[i]);
    }
    return new Shard((int) (number % count) + 1, count);
  }

  /** Returns the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return index + "/" + count;
  }
}
