package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import io.gild.synchronizers.SharedQueue;
import io.gild.synchronizers.Synchronizers;
import io.gild.synchronizers.TakenElement;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.QueueBounds;
import io.gild.synchronizers.spi.QueueElement;
import io.gild.synchronizers.spi.SynchronizerKey;
import io.gild.synchronizers.spi.SynchronizerKey.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What queues do on every engine. A test of an engine extends this class. */
@Experimental
public abstract class QueueContract extends SynchronizersContract {

  private static final Duration NOW = Duration.ZERO;

  /** Creates the tests. */
  protected QueueContract() {}

  private static String next(SharedQueue queue) throws InterruptedException {
    try (TakenElement taken = queue.take(NOW).orElseThrow()) {
      assertTrue(taken.done());
      return taken.producer() + ":" + taken.text();
    }
  }

  @Test
  void letsProducersTakeTurns() throws Exception {
    SharedQueue queue = peer().synchronizers().queue(name, 100);
    for (String text : List.of("1", "2", "3", "4")) {
      assertTrue(queue.offer("many", text, NOW));
    }
    assertEquals("many:1", next(queue));
    assertTrue(queue.offer("few", "1", NOW));
    assertTrue(queue.offer("few", "2", NOW));

    List<String> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      order.add(next(queue));
    }
    assertEquals(List.of("many:2", "few:1", "many:3", "few:2", "many:4"), order);
    assertTrue(queue.take(NOW).isEmpty());
  }

  @Test
  void keepsTextsAsTheyAre() throws Exception {
    String text = "línea\none\u0000two \uD83D\uDE00 \"{}\\ " + "x".repeat(10_000);
    SharedQueue queue = peer().synchronizers().queue(name, 100);
    assertTrue(queue.offer("ключ", text, NOW));
    assertTrue(queue.offer("", "", NOW));
    try (TakenElement taken = queue.take(NOW).orElseThrow()) {
      assertEquals(text, taken.text());
      assertEquals("ключ", taken.producer());
      assertEquals(1, taken.deliveries());
    }
  }

  @Test
  void holdsNoMoreThanItsCapacity() throws Exception {
    SharedQueue queue = peer().synchronizers().queue(name, 2);
    assertTrue(queue.offer("a", "1", NOW));
    assertTrue(queue.offer("b", "2", NOW));
    assertFalse(queue.offer("c", "3", NOW));
    TakenElement taken = queue.take(NOW).orElseThrow();
    assertFalse(queue.offer("c", "3", NOW));
    assertTrue(taken.done());
    assertTrue(queue.offer("c", "3", NOW));
  }

  @Test
  void keepsRoomForOtherProducers() throws Exception {
    SharedQueue queue = peer().synchronizers().queue(name, 10).withCapacityPerProducer(2);
    assertTrue(queue.offer("a", "1", NOW));
    assertTrue(queue.offer("a", "2", NOW));
    assertFalse(queue.offer("a", "3", NOW));
    assertTrue(queue.offer("b", "1", NOW));
    assertEquals("a:1", next(queue));
    assertTrue(queue.offer("a", "3", NOW));
  }

  @Test
  void wakesThoseThatWaitToTakeAndToOffer() throws Exception {
    SharedQueue here = peer().synchronizers().queue(name, 1).withLease(LONG_LEASE);
    SharedQueue there = peer().synchronizers().queue(name, 1).withLease(LONG_LEASE);
    Future<String> taken =
        threads.submit(() -> {
          try (TakenElement element = here.take(SOON).orElseThrow()) {
            assertTrue(element.done());
            return element.text();
          }
        });
    assertTrue(there.offer("a", "1", SOON));
    assertEquals("1", taken.get());
    assertTrue(there.offer("a", "2", SOON));
    Future<Boolean> offered = threads.submit(() -> there.offer("a", "3", SOON));
    assertEquals("a:2", next(here));
    assertTrue(offered.get());
  }

  @Test
  void givesBackToTheFrontWhatIsNotDone() throws Exception {
    SharedQueue queue = peer().synchronizers().queue(name, 10);
    assertTrue(queue.offer("a", "1", NOW));
    assertTrue(queue.offer("a", "2", NOW));
    TakenElement first = queue.take(NOW).orElseThrow();
    first.close();
    TakenElement again = queue.take(NOW).orElseThrow();

    assertEquals("1", again.text());
    assertEquals(2, again.deliveries());
    assertFalse(first.done());
    assertTrue(again.done());
    assertFalse(again.done());
    assertEquals("a:2", next(queue));
  }

  @Test
  void givesBackWhatATakerThatDiedHad() throws Exception {
    Peer dying = peer();
    SharedQueue queue = peer().synchronizers().queue(name, 10);
    assertTrue(queue.offer("a", "1", NOW));
    TakenElement lost = dying.synchronizers().queue(name, 10).take(NOW).orElseThrow();
    CompletableFuture<Void> noticed = new CompletableFuture<>();
    lost.onLost(() -> noticed.complete(null));
    dying.store().cut();

    TakenElement again = queue.take(SOON).orElseThrow();

    assertEquals(2, again.deliveries());
    noticed.get(60, TimeUnit.SECONDS);
    dying.store().mend();
    assertFalse(lost.done());
    assertTrue(again.isHeld());
    assertTrue(again.done());
  }

  @Test
  void renewsWhatIsTaken() throws Exception {
    Peer peer = peer();
    SharedQueue queue = peer.synchronizers().queue(name, 10);
    assertTrue(queue.offer("a", "1", NOW));
    try (TakenElement taken = queue.take(NOW).orElseThrow()) {
      until("it is renewed for longer than a lease", () -> peer.store().renewals() > 4);
      assertTrue(taken.isHeld());
      assertTrue(queue.take(NOW).isEmpty());
      assertTrue(taken.done());
    }
  }

  @Test
  void takesNothingWhenItIsInterruptedOrClosed() throws Exception {
    Peer closing = peer();
    SharedQueue queue = closing.synchronizers().queue(name, 10).withLease(LONG_LEASE);
    CompletableFuture<Thread> started = new CompletableFuture<>();
    Future<Optional<TakenElement>> interrupted =
        threads.submit(() -> {
          started.complete(Thread.currentThread());
          return queue.take(SOON);
        });
    Future<Optional<TakenElement>> waiting = threads.submit(() -> queue.take(SOON));
    started.get().interrupt();
    assertTrue(
        assertThrows(ExecutionException.class, interrupted::get).getCause()
            instanceof InterruptedException);
    closing.synchronizers().close();
    assertTrue(
        assertThrows(ExecutionException.class, waiting::get).getCause()
            instanceof IllegalStateException);

    SharedQueue other = peer().synchronizers().queue(name, 10);
    assertTrue(other.offer("a", "1", NOW));
    assertEquals("a:1", next(other));
  }

  @Test
  void deliversEachElementOnceToManyTakers() throws Exception {
    int elements = 60;
    Queue<String> all = new ConcurrentLinkedQueue<>();
    List<Future<?>> takers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      SharedQueue queue = peer().synchronizers().queue(name, 10).withLease(LONG_LEASE);
      takers.add(threads.submit(() -> takeUntil(elements, queue, all)));
    }
    SharedQueue queue = peer().synchronizers().queue(name, 10);
    for (int i = 0; i < elements; i++) {
      assertTrue(queue.offer("p" + i % 3, i + "", SOON));
    }
    for (Future<?> each : takers) {
      each.get();
    }
    assertEquals(elements, all.size());
    assertEquals(elements, Set.copyOf(all).size());
  }

  private static Void takeUntil(int elements, SharedQueue queue, Queue<String> all)
      throws InterruptedException {
    while (all.size() < elements) {
      Optional<TakenElement> next = queue.take(Duration.ofMillis(200));
      if (next.isPresent()) {
        all.add(next.get().text());
        assertTrue(next.get().done());
      }
    }
    return null;
  }

  @Test
  void actsAsTheEngineInProcess() throws Exception {
    LeaseStore reference = Synchronizers.inProcessStore(Clock.SYSTEM);
    LeaseStore store = store();
    SynchronizerKey key = key(Kind.QUEUE);
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      String id = "t" + random.nextInt(8);
      String step = "step " + i;
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          QueueElement element =
              new QueueElement("e" + random.nextInt(200), "p" + random.nextInt(4), "x" + i, 0);
          QueueBounds bounds = new QueueBounds(10, 5);
          assertEquals(
              reference.offer(key, element, bounds), store.offer(key, element, bounds), step);
        }
        case 2 ->
            assertEquals(
                reference.take(key, id, LONG_LEASE), store.take(key, id, LONG_LEASE), step);
        case 3 -> assertEquals(reference.finish(key, id), store.finish(key, id), step);
        default -> assertEquals(reference.release(key, id), store.release(key, id), step);
      }
    }
  }
}
