package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import io.gild.synchronizers.Permit;
import io.gild.synchronizers.SharedSemaphore;
import io.gild.synchronizers.SynchronizerException;
import io.gild.synchronizers.Synchronizers;
import io.gild.synchronizers.spi.Claim;
import io.gild.synchronizers.spi.ClaimRequest;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.SynchronizerKey;
import io.gild.synchronizers.spi.SynchronizerKey.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What semaphores do on every engine. A test of an engine extends this class. */
@Experimental
public abstract class SemaphoreContract extends SynchronizersContract {

  private static final Duration SHORT = Duration.ofMillis(100);

  /** Creates the tests. */
  protected SemaphoreContract() {}

  @Test
  void grantsNoMoreThanItsPermits() throws Exception {
    SharedSemaphore here = peer().synchronizers().semaphore(name, 2);
    SharedSemaphore there = peer().synchronizers().semaphore(name, 2);
    Permit first = here.tryAcquire().orElseThrow();
    Permit second = there.tryAcquire().orElseThrow();

    assertTrue(here.tryAcquire().isEmpty());
    assertTrue(there.tryAcquire().isEmpty());
    assertThrows(TimeoutException.class, () -> there.acquire(SHORT));
    first.close();
    Permit third = there.tryAcquire().orElseThrow();

    assertFalse(first.isHeld());
    assertTrue(second.isHeld());
    assertTrue(second.token() > first.token() && third.token() > second.token());
  }

  @Test
  void keepsTenantsAndNamesApart() throws Exception {
    Synchronizers all = peer().synchronizers();
    List<SharedSemaphore> different =
        List.of(
            all.semaphore(name, 1),
            all.semaphore(name + "2", 1),
            all.tenant("acme").semaphore(name, 1),
            all.tenant("acme." + name).semaphore("a", 1),
            all.tenant("acme").semaphore(name + ".a", 1));

    for (SharedSemaphore each : different) {
      assertTrue(each.tryAcquire().isPresent(), each::toString);
      assertTrue(each.tryAcquire().isEmpty(), each::toString);
    }
  }

  @Test
  void servesCallersInTheOrderInWhichTheyAsked() throws Exception {
    LeaseStore store = store();
    SynchronizerKey key = key(Kind.SEMAPHORE);
    assertTrue(claim(store, "a", 1, true).held());
    assertFalse(claim(store, "b", 1, true).held());
    assertFalse(claim(store, "c", 1, true).held());
    assertTrue(store.release(key, "a"));

    assertFalse(claim(store, "c", 1, true).held());
    assertFalse(claim(store, "hasty", 1, false).held());
    assertTrue(claim(store, "b", 1, true).held());
    assertTrue(store.release(key, "b"));
    assertTrue(claim(store, "c", 1, true).held());
    assertFalse(store.release(key, "b"));
  }

  private Claim claim(LeaseStore store, String id, int permits, boolean waits) {
    ClaimRequest request = new ClaimRequest(id, permits, LONG_LEASE, waits);
    return store.claim(key(Kind.SEMAPHORE), request);
  }

  @Test
  void answersARepeatedClaimAlike() throws Exception {
    LeaseStore store = store();
    Claim first = claim(store, "a", 1, true);
    assertEquals(first, claim(store, "a", 1, true));
    assertEquals(first, claim(store, "a", 1, false));
    assertTrue(store.renew(key(Kind.SEMAPHORE), "a", LONG_LEASE));
    assertFalse(store.renew(key(Kind.SEMAPHORE), "b", LONG_LEASE));
  }

  @Test
  void limitsEachCallerByItsOwnNumber() throws Exception {
    LeaseStore store = store();
    assertTrue(claim(store, "a", 3, true).held());
    assertTrue(claim(store, "b", 3, true).held());

    assertFalse(claim(store, "c", 2, true).held());
    assertTrue(claim(store, "d", 4, true).held());
    assertTrue(store.release(key(Kind.SEMAPHORE), "a"));
    assertFalse(claim(store, "c", 2, true).held());
    assertTrue(store.release(key(Kind.SEMAPHORE), "b"));
    assertTrue(claim(store, "c", 2, true).held());
  }

  @Test
  void wakesTheOneWhoseTurnItIs() throws Exception {
    SharedSemaphore here = peer().synchronizers().semaphore(name, 1).withLease(LONG_LEASE);
    SharedSemaphore there = peer().synchronizers().semaphore(name, 1).withLease(LONG_LEASE);
    Permit held = here.acquire(SOON);
    List<Future<Long>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      SharedSemaphore semaphore = i % 2 == 0 ? here : there;
      waiting.add(threads.submit(() -> token(semaphore)));
    }
    held.close();

    long sum = 0;
    for (Future<Long> each : waiting) {
      sum += each.get();
    }
    assertTrue(sum > 10 * held.token());
    assertTrue(here.tryAcquire().isPresent());
  }

  private static long token(SharedSemaphore semaphore) throws Exception {
    try (Permit permit = semaphore.acquire(SOON)) {
      return permit.token();
    }
  }

  /** Otherwise those that wait would ask from time to time, which the other tests do not notice. */
  @Test
  void notifiesTheFirstOfTheLine() throws Exception {
    LeaseStore here = store();
    LeaseStore there = store();
    SynchronizerKey key = key(Kind.SEMAPHORE);
    assertTrue(claim(here, "a", 1, true).held());
    assertFalse(claim(here, "b", 1, true).held());
    Set<String> notified = ConcurrentHashMap.newKeySet();
    LeaseStore.Watch watch = here.watch(key, notified::add);
    until(
        "b is notified when a place behind it is given up",
        () -> {
          claim(there, "c", 1, true);
          return there.release(key, "c") && notified.contains("b");
        });
    watch.close();
    assertFalse(notified.contains("a"));
  }

  @Test
  void neverHoldsMoreThanItsPermitsAtOnce() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Callable<Void>> workers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      SharedSemaphore semaphore = peer().synchronizers().semaphore(name, 3);
      workers.add(() -> {
        for (int j = 0; j < 20; j++) {
          try (Permit permit = semaphore.acquire(SOON)) {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            assertTrue(permit.isHeld());
            atOnce.decrementAndGet();
          }
        }
        return null;
      });
    }
    for (Future<Void> each : threads.invokeAll(workers)) {
      each.get();
    }
    assertTrue(most.get() <= 3, () -> most + " at once");
  }

  @Test
  void renewsWhatIsHeld() throws Exception {
    Peer peer = peer();
    SharedSemaphore here = peer.synchronizers().semaphore(name, 1);
    SharedSemaphore there = peer().synchronizers().semaphore(name, 1);
    try (Permit permit = here.acquire(SOON)) {
      until("it is renewed for longer than a lease", () -> peer.store().renewals() > 4);
      assertTrue(permit.isHeld());
      assertTrue(there.tryAcquire().isEmpty());
    }
    assertTrue(there.tryAcquire().isPresent());
  }

  @Test
  void returnsThePermitsOfAProcessThatDied() throws Exception {
    Peer dying = peer();
    Permit lost = dying.synchronizers().semaphore(name, 1).acquire(SOON);
    CompletableFuture<Boolean> noticed = new CompletableFuture<>();
    lost.onLost(() -> noticed.complete(lost.isHeld()));
    dying.store().cut();

    Permit next = peer().synchronizers().semaphore(name, 1).acquire(SOON);

    assertTrue(next.token() > lost.token());
    assertFalse(noticed.get(60, TimeUnit.SECONDS));
    dying.store().mend();
    lost.close();
    assertTrue(next.isHeld());
    assertTrue(peer().synchronizers().semaphore(name, 1).tryAcquire().isEmpty());
  }

  @Test
  void freesThePlaceOfAWaitingProcessThatDied() throws Exception {
    LeaseStore store = store();
    assertTrue(claim(store, "a", 1, true).held());
    ClaimRequest dies = new ClaimRequest("dies", 1, LEASE, true);
    assertFalse(store.claim(key(Kind.SEMAPHORE), dies).held());
    assertTrue(store.release(key(Kind.SEMAPHORE), "a"));

    Permit next = peer().synchronizers().semaphore(name, 1).acquire(SOON);

    assertTrue(next.isHeld());
  }

  @Test
  void losesAPermitAfterItsLongestTime() throws Exception {
    SharedSemaphore bounded =
        peer().synchronizers().semaphore(name, 1).withMaxHold(Duration.ofMillis(1));
    Permit permit = bounded.acquire(SOON);
    CompletableFuture<Void> lost = new CompletableFuture<>();
    permit.onLost(() -> lost.complete(null));

    lost.get(60, TimeUnit.SECONDS);

    assertTrue(peer().synchronizers().semaphore(name, 1).acquire(SOON).isHeld());
  }

  @Test
  void leavesNoPlaceBehindWhenItGivesUp() throws Exception {
    SharedSemaphore semaphore = peer().synchronizers().semaphore(name, 1).withLease(LONG_LEASE);
    Permit held = semaphore.acquire(SOON);
    assertThrows(TimeoutException.class, () -> semaphore.acquire(SHORT));
    CompletableFuture<Permit> cancelled = semaphore.acquireAsync(SOON);
    CompletableFuture<Permit> late = semaphore.acquireAsync(SHORT);
    CompletableFuture<Thread> started = new CompletableFuture<>();
    Future<?> interrupted =
        threads.submit(() -> {
          started.complete(Thread.currentThread());
          return semaphore.acquire(SOON);
        });
    started.get().interrupt();
    assertTrue(
        assertThrows(ExecutionException.class, interrupted::get).getCause()
            instanceof InterruptedException);
    assertTrue(
        assertThrows(ExecutionException.class, late::get).getCause() instanceof TimeoutException);
    assertTrue(cancelled.cancel(true));
    held.close();

    until("a permit is free", () -> semaphore.tryAcquire().isPresent());
  }

  @Test
  void losesNoPermitToAFutureThatIsCancelled() throws Exception {
    SharedSemaphore semaphore = peer().synchronizers().semaphore(name, 1).withLease(LONG_LEASE);
    for (int i = 0; i < 30; i++) {
      CompletableFuture<Permit> future = semaphore.acquireAsync(SOON);
      if (i % 3 == 0) {
        Thread.onSpinWait();
      }
      if (!future.cancel(false)) {
        future.get().close();
      }
    }
    assertTrue(semaphore.acquire(SOON).isHeld());
  }

  @Test
  void acquiresWithoutAThread() throws Exception {
    SharedSemaphore semaphore = peer().synchronizers().semaphore(name, 1);
    Permit first = semaphore.acquireAsync(SOON).get();
    CompletableFuture<Permit> second = semaphore.acquireAsync(SOON);
    assertFalse(second.isDone());
    first.close();
    assertTrue(second.get(60, TimeUnit.SECONDS).token() > first.token());
  }

  @Test
  void endsWaitsAndReturnsPermitsWhenItIsClosed() throws Exception {
    Peer closing = peer();
    SharedSemaphore semaphore = closing.synchronizers().semaphore(name, 1).withLease(LONG_LEASE);
    Permit held = semaphore.acquire(SOON);
    CompletableFuture<Permit> async = semaphore.acquireAsync(SOON);
    CompletableFuture<Permit> other = semaphore.acquireAsync(SOON);
    Future<Permit> sync = threads.submit(() -> semaphore.acquire(SOON));
    closing.synchronizers().close();

    assertTrue(
        assertThrows(ExecutionException.class, async::get).getCause()
            instanceof IllegalStateException);
    assertThrows(ExecutionException.class, other::get);
    assertTrue(
        assertThrows(ExecutionException.class, sync::get).getCause()
            instanceof IllegalStateException);
    assertThrows(IllegalStateException.class, semaphore::tryAcquire);
    assertFalse(held.isHeld());
    assertTrue(peer().synchronizers().semaphore(name, 1).acquire(SOON).isHeld());
  }

  @Test
  void failsAtOnceIfTheEngineCannotBeReachedButWaitsOnAfterThat() throws Exception {
    Peer peer = peer();
    SharedSemaphore semaphore = peer.synchronizers().semaphore(name, 1);
    peer.store().cut();
    assertThrows(SynchronizerException.class, () -> semaphore.acquire(SOON));
    assertThrows(SynchronizerException.class, semaphore::tryAcquire);
    peer.store().mend();
    Permit elsewhere = peer().synchronizers().semaphore(name, 1).acquire(SOON);
    CompletableFuture<Permit> waiting = semaphore.acquireAsync(SOON);
    peer.store().cut();
    elsewhere.close();
    peer.store().mend();

    assertTrue(waiting.handle((permit, failure) -> true).get(60, TimeUnit.SECONDS));
  }

  @Test
  void acquiresOnAThreadThatIsInterruptedIfItNeedNotWait() throws Exception {
    SharedSemaphore semaphore = peer().synchronizers().semaphore(name, 1);
    Thread.currentThread().interrupt();
    semaphore.tryAcquire().orElseThrow().close();
    assertTrue(Thread.currentThread().isInterrupted());
    assertThrows(InterruptedException.class, () -> semaphore.acquire(SOON));
    assertTrue(semaphore.tryAcquire().isPresent());
  }

  @Test
  void actsAsTheEngineInProcess() throws Exception {
    LeaseStore reference = Synchronizers.inProcessStore(Clock.SYSTEM);
    LeaseStore store = store();
    SynchronizerKey key = key(Kind.SEMAPHORE);
    Random random = new Random(7);
    long last = 0;
    for (int i = 0; i < 300; i++) {
      String id = "id" + random.nextInt(8);
      if (random.nextInt(3) > 0) {
        ClaimRequest request =
            new ClaimRequest(id, 1 + random.nextInt(3), LONG_LEASE, random.nextBoolean());
        Claim claim = store.claim(key, request);
        assertEquals(reference.claim(key, request).held(), claim.held(), "step " + i);
        last = Math.max(last, claim.token());
      } else if (random.nextBoolean()) {
        assertEquals(reference.release(key, id), store.release(key, id), "step " + i);
      } else {
        assertEquals(
            reference.renew(key, id, LONG_LEASE), store.renew(key, id, LONG_LEASE), "step " + i);
      }
    }
    assertTrue(last > 0);
  }
}
