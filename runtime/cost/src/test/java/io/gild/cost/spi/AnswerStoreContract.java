package io.gild.cost.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AnswerStore} does; the test of an implementation extends this class. Needs
 * JUnit Jupiter alone.
 */
public abstract class AnswerStoreContract {

  private static final Duration HOUR = Duration.ofHours(1);

  private AnswerStore store;

  /** Creates the tests. */
  protected AnswerStoreContract() {}

  /**
   * Returns an empty store.
   *
   * @return the store; the test closes it
   * @throws Exception if that is impossible
   */
  protected abstract AnswerStore open() throws Exception;

  /**
   * Lets time pass for the store.
   *
   * @param time how much
   * @throws Exception if that is impossible
   */
  protected abstract void advance(Duration time) throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void put(String partition, String key, byte... content) {
    store.put(partition, key, content, HOUR);
  }

  private byte[] get(String partition, String key) {
    StoredAnswer found = store.get(partition, key);
    return found == null ? null : found.content();
  }

  @Test
  void returnsExactlyTheBytesThatWereStored() {
    byte[] content = new byte[100_000];
    new Random(7).nextBytes(content);

    put("p", "k", content);

    assertArrayEquals(content, get("p", "k"));
  }

  @Test
  void returnsNothingThatWasNotStored() {
    assertNull(store.get("p", "k"));
  }

  @Test
  void replacesAnEarlierAnswer() {
    put("p", "k", (byte) 1);
    put("p", "k", (byte) 2);

    assertArrayEquals(new byte[] {2}, get("p", "k"));
  }

  @Test
  void keepsAnEmptyAnswer() {
    put("p", "k");

    assertArrayEquals(new byte[0], get("p", "k"));
  }

  @Test
  void keepsNamesApartThatLookAlikeTogether() {
    put("a", "b:c", (byte) 1);
    put("a:b", "c", (byte) 2);
    put("a%3Ab", "c", (byte) 3);
    put("generation", "a", (byte) 4);
    String generation = store.renew("a");

    assertArrayEquals(new byte[] {1}, get("a", "b:c"));
    assertArrayEquals(new byte[] {2}, get("a:b", "c"));
    assertArrayEquals(new byte[] {3}, get("a%3Ab", "c"));
    assertArrayEquals(new byte[] {4}, get("generation", "a"));
    assertEquals(generation, store.generation("a"));
    assertNull(store.get("a", "c"));
  }

  @Test
  void returnsHowLongAnAnswerStays() throws Exception {
    put("p", "k", (byte) 1);
    advance(Duration.ofMillis(2));

    Duration remaining = store.get("p", "k").remaining();

    assertTrue(remaining.compareTo(HOUR) < 0, remaining::toString);
    assertTrue(remaining.compareTo(HOUR.minusMinutes(5)) > 0, remaining::toString);
  }

  @Test
  void dropsAnAnswerWhenItsTimeIsOver() throws Exception {
    store.put("p", "short", new byte[] {1}, Duration.ofMillis(5));
    put("p", "long", (byte) 2);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);

    while (store.get("p", "short") != null && System.nanoTime() < deadline) {
      advance(Duration.ofMillis(5));
    }

    assertNull(store.get("p", "short"));
    assertNotNull(store.get("p", "long"));
  }

  @Test
  void keepsAGenerationUntilItIsRenewed() {
    String first = store.generation("s");
    assertNotNull(first);
    assertEquals(first, store.generation("s"));

    String second = store.renew("s");

    assertNotEquals(first, second);
    assertEquals(second, store.generation("s"));
  }

  @Test
  void neverRepeatsAGeneration() {
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      assertTrue(seen.add(store.renew("s")));
    }
    assertTrue(seen.add(store.generation("other")));
  }

  @Test
  void agreesOnTheFirstGeneration() throws Exception {
    Set<String> seen = new ConcurrentSkipListSet<>();
    CountDownLatch go = new CountDownLatch(1);
    Thread[] readers = new Thread[8];
    for (int i = 0; i < readers.length; i++) {
      readers[i] =
          new Thread(() -> {
            try {
              go.await();
              seen.add(store.generation("s"));
            } catch (InterruptedException interrupted) {
              seen.add("interrupted");
            }
          });
      readers[i].start();
    }
    go.countDown();
    for (Thread each : readers) {
      each.join();
    }
    assertEquals(Set.of(store.generation("s")), seen);
  }
}
