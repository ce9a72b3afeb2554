package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import io.gild.synchronizers.SharedBarrier;
import io.gild.synchronizers.SynchronizerException;
import io.gild.synchronizers.Synchronizers;
import io.gild.synchronizers.spi.Arrival;
import io.gild.synchronizers.spi.Arrival.Status;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.SynchronizerKey;
import io.gild.synchronizers.spi.SynchronizerKey.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What barriers do on every engine. A test of an engine extends this class. */
@Experimental
public abstract class BarrierContract extends SynchronizersContract {

  /** Creates the tests. */
  protected BarrierContract() {}

  @Test
  void letsAllPartiesPassGenerationAfterGeneration() throws Exception {
    List<Future<List<Long>>> parties = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SharedBarrier barrier = peer().synchronizers().barrier(name, 3).withLease(LONG_LEASE);
      parties.add(
          threads.submit(() -> {
            List<Long> generations = new ArrayList<>();
            for (int j = 0; j < 5; j++) {
              generations.add(barrier.await(SOON));
            }
            return generations;
          }));
    }
    for (Future<List<Long>> each : parties) {
      assertEquals(List.of(1L, 2L, 3L, 4L, 5L), each.get());
    }
  }

  @Test
  void passesAloneIfThereIsOneParty() throws Exception {
    SharedBarrier barrier = peer().synchronizers().barrier(name, 1);
    assertEquals(1, barrier.await(Duration.ZERO));
    assertEquals(2, barrier.await(Duration.ZERO));
  }

  @Test
  void breaksForAllIfOneGivesUp() throws Exception {
    SharedBarrier here = peer().synchronizers().barrier(name, 3).withLease(LONG_LEASE);
    SharedBarrier there = peer().synchronizers().barrier(name, 3).withLease(LONG_LEASE);
    LeaseStore store = store();
    Future<Long> patient = threads.submit(() -> here.await(SOON));
    until("it waits", () -> isWaited(store));
    assertThrows(TimeoutException.class, () -> there.await(Duration.ofMillis(50)));

    assertTrue(
        assertThrows(ExecutionException.class, patient::get).getCause()
            instanceof BrokenBarrierException);
  }

  /** A party with another number does not arrive where others wait; where none waits, it passes. */
  private boolean isWaited(LeaseStore store) {
    SynchronizerKey key = key(Kind.BARRIER);
    String probe = UUID.randomUUID().toString();
    return store.arrive(key, probe, 0, 1, LONG_LEASE).status() == Status.MISMATCHED;
  }

  @Test
  void breaksIfAPartyIsInterrupted() throws Exception {
    SharedBarrier barrier = peer().synchronizers().barrier(name, 3).withLease(LONG_LEASE);
    LeaseStore store = store();
    CompletableFuture<Thread> first = new CompletableFuture<>();
    Future<Long> interrupted =
        threads.submit(() -> {
          first.complete(Thread.currentThread());
          return barrier.await(SOON);
        });
    until("it waits", () -> isWaited(store));
    Future<Long> other = threads.submit(() -> barrier.await(SOON));
    first.get().interrupt();

    assertTrue(
        assertThrows(ExecutionException.class, interrupted::get).getCause()
            instanceof InterruptedException);
    until("no party waits in the broken generation", () -> other.isDone() || isWaited(store));
  }

  @Test
  void breaksIfAPartyDies() throws Exception {
    LeaseStore store = store();
    SynchronizerKey key = key(Kind.BARRIER);
    assertEquals(Status.WAITING, store.arrive(key, "dies", 0, 3, LEASE).status());
    SharedBarrier barrier = peer().synchronizers().barrier(name, 3).withLease(LEASE);

    assertThrows(BrokenBarrierException.class, () -> barrier.await(SOON));

    assertEquals(Status.BROKEN, store.arrive(key, "dies", 1, 3, LEASE).status());
    assertEquals(2, store.arrive(key, "new", 0, 3, LEASE).generation());
  }

  @Test
  void rejectsAnotherNumberOfParties() throws Exception {
    LeaseStore store = store();
    store.arrive(key(Kind.BARRIER), "a", 0, 3, LONG_LEASE);
    SharedBarrier barrier = peer().synchronizers().barrier(name, 2);

    assertThrows(SynchronizerException.class, () -> barrier.await(SOON));

    assertEquals(Status.WAITING, store.arrive(key(Kind.BARRIER), "a", 1, 3, LONG_LEASE).status());
  }

  @Test
  void tellsAPartyWhoseAnswerWasLost() throws Exception {
    LeaseStore store = store();
    SynchronizerKey key = key(Kind.BARRIER);
    store.arrive(key, "a", 0, 2, LONG_LEASE);
    assertEquals(Status.WAITING, store.arrive(key, "a", 0, 2, LONG_LEASE).status());
    Arrival passed = store.arrive(key, "b", 0, 2, LONG_LEASE);

    assertEquals(new Arrival(Status.TRIPPED, 1, 2), passed);
    assertEquals(passed, store.arrive(key, "b", 0, 2, LONG_LEASE));
    assertEquals(passed, store.arrive(key, "a", 1, 2, LONG_LEASE));
    assertEquals(Status.BROKEN, store.arrive(key, "a", 7, 2, LONG_LEASE).status());
  }

  @Test
  void actsAsTheEngineInProcess() throws Exception {
    LeaseStore reference = Synchronizers.inProcessStore(Clock.SYSTEM);
    LeaseStore store = store();
    SynchronizerKey key = key(Kind.BARRIER);
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      String id = "id" + random.nextInt(6);
      if (random.nextInt(8) > 0) {
        int parties = random.nextInt(10) == 0 ? 2 : 3;
        long generation = random.nextInt(3) == 0 ? random.nextInt(30) : 0;
        assertEquals(
            reference.arrive(key, id, generation, parties, LONG_LEASE),
            store.arrive(key, id, generation, parties, LONG_LEASE),
            "step " + i);
      } else {
        assertEquals(reference.release(key, id), store.release(key, id), "step " + i);
      }
    }
  }
}
