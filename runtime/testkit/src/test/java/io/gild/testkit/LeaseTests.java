package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.synchronizers.Permit;
import io.gild.synchronizers.SharedSemaphore;
import io.gild.synchronizers.Synchronizers;
import io.gild.synchronizers.spi.Claim;
import io.gild.synchronizers.spi.ClaimRequest;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.SynchronizerKey;
import io.gild.synchronizers.spi.SynchronizerKey.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases of the engine in process, under a clock that jumps. */
class LeaseTests {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final SynchronizerKey KEY = new SynchronizerKey(Kind.SEMAPHORE, "", "reports");

  private final ManualClock clock = ManualClock.create();
  private final LeaseStore store = Synchronizers.inProcessStore(clock);
  private final Synchronizers synchronizers = Synchronizers.of(store, LEASE, clock);
  private final SharedSemaphore semaphore = synchronizers.semaphore("reports", 1);

  @AfterEach
  void close() {
    synchronizers.close();
  }

  @Test
  void endsALeaseThatWasNotRenewed() {
    Permit paused = semaphore.tryAcquire().orElseThrow();
    clock.advance(LEASE);
    assertThat(paused.isHeld()).as("it may have ended elsewhere").isFalse();
    assertThat(semaphore.tryAcquire()).as("but it has not for certain").isEmpty();
    clock.advance(Duration.ofMillis(1));

    Permit next = semaphore.tryAcquire().orElseThrow();

    assertThat(next.token()).isGreaterThan(paused.token());
    paused.close();
    assertThat(next.isHeld()).isTrue();
    assertThat(semaphore.tryAcquire()).isEmpty();
  }

  @Test
  void wakesThoseWhoWaitWhenALeaseEnds() throws Exception {
    Permit paused = semaphore.tryAcquire().orElseThrow();
    CompletableFuture<Permit> waiting = semaphore.acquireAsync(Duration.ofDays(1));
    clock.advance(Duration.ofHours(1));
    assertThat(waiting.get(60, TimeUnit.SECONDS).token()).isGreaterThan(paused.token());
  }

  @Test
  void failsAWaitWhoseTimeoutTheClockSkips() {
    Permit held = semaphore.withLease(Duration.ofDays(1)).tryAcquire().orElseThrow();
    CompletableFuture<Permit> waiting = semaphore.acquireAsync(Duration.ofHours(2));
    clock.advance(Duration.ofHours(3));
    assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class)
        .hasMessageContaining("Waited for semaphore \"reports\" for PT2H");
    assertThat(held.isHeld()).isTrue();
  }

  @Test
  void reportsWhenTheNextLeaseEnds() {
    assertThat(claim("a", LEASE).held()).isTrue();
    clock.advance(Duration.ofSeconds(10));
    assertThat(claim("b", LEASE).retryAfter()).isEqualTo(Duration.ofMillis(20_001));
    assertThat(store.renew(KEY, "a", LEASE)).isTrue();
    clock.advance(Duration.ofSeconds(25));
    assertThat(claim("c", LEASE).retryAfter()).isEqualTo(Duration.ofMillis(5_001));
  }

  private Claim claim(String id, Duration lease) {
    return store.claim(KEY, new ClaimRequest(id, 1, lease, true));
  }

  @Test
  void increasesTokensAlsoAfterAllIsForgotten() {
    long last = 0;
    for (int i = 0; i < 100; i++) {
      Permit permit = semaphore.tryAcquire().orElseThrow();
      assertThat(permit.token()).isGreaterThan(last);
      last = permit.token();
      permit.close();
    }
  }

  @Test
  void returnsAPermitThatNothingRefersTo() throws Exception {
    SharedSemaphore brief =
        synchronizers.semaphore("forgotten", 1).withLease(Duration.ofMillis(60));
    assertThat(brief.tryAcquire().isPresent()).isTrue(); // and forgotten
    SynchronizersContract.until(
        "it is returned",
        () -> {
          System.gc();
          return brief.tryAcquire().isPresent();
        });
  }

  @Test
  void rejectsWhatCannotBe() {
    assertThatThrownBy(() -> synchronizers.semaphore("x", 0))
        .hasMessage("permits must be >= 1, but is 0");
    assertThatThrownBy(() -> synchronizers.semaphore(" ", 1)).hasMessage("name must not be blank");
    assertThatThrownBy(() -> synchronizers.semaphore("é".repeat(101), 1))
        .hasMessage("name must have at most 200 bytes in UTF-8, but has 202");
    assertThatThrownBy(() -> semaphore.withLease(Duration.ofNanos(10)))
        .hasMessage("lease must be from 1 ms to 1 day, but is PT0.00000001S");
    assertThatThrownBy(() -> semaphore.withLease(Duration.ofDays(2)))
        .hasMessage("lease must be from 1 ms to 1 day, but is PT48H");
    assertThatThrownBy(() -> semaphore.withMaxHold(Duration.ZERO))
        .hasMessage("longest must be above zero, but is PT0S");
    assertThatThrownBy(() -> synchronizers.barrier("x", 0))
        .hasMessage("parties must be >= 1, but is 0");
    assertThatThrownBy(() -> synchronizers.queue("x", 0))
        .hasMessage("capacity must be >= 1, but is 0");
  }

  @Test
  void failsFuturesOfClosedSynchronizers() {
    synchronizers.close();
    assertThatThrownBy(() -> semaphore.acquireAsync(LEASE).get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed, and with them semaphore \"reports\"");
  }
}
