package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.memory.InProcessSessionStore;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.memory.spi.SessionStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InProcessSessionStoreTests extends SessionStoreContract {

  private final ManualClock clock = ManualClock.create();

  @Override
  protected SessionStore create() {
    return new InProcessSessionStore(1_000, 1L << 30, clock);
  }

  @Override
  protected void pass(Duration duration) {
    clock.advance(duration);
  }

  @Test
  void keepsOnlySoManySessions() {
    SessionStore small = new InProcessSessionStore(100, 1L << 30, clock);
    for (int i = 0; i < 10_000; i++) {
      small.change(new SessionKey("", "", "s" + i), hello("hi"));
    }
    assertThat(small.sessions("")).hasSizeBetween(50, 128);
    assertThat(small.read(new SessionKey("", "", "s9999")).messages()).hasSize(1);
  }

  @Test
  void keepsOnlySoManyBytes() {
    SessionStore small = new InProcessSessionStore(10_000, 1 << 20, clock);
    for (int i = 0; i < 100; i++) {
      small.change(new SessionKey("", "", "s" + i), hello("x".repeat(50_000)));
    }
    assertThat(small.sessions("").size()).isLessThanOrEqualTo(64);
    assertThat(small.read(new SessionKey("", "", "s99")).messages()).hasSize(1);
  }

  @Test
  void removesWhatHasExpired() {
    SessionStore store = new InProcessSessionStore(10, 1 << 20, clock);
    store.change(
        new SessionKey("", "", "s"),
        SessionChange.builder()
            .append(List.of(SessionMessage.of(Role.USER, "hi")))
            .timeToLive(Duration.ofSeconds(1))
            .build());
    clock.advance(Duration.ofSeconds(2));
    assertThat(store.removeExpired()).isEqualTo(1);
    assertThat(store.removeExpired()).isZero();
  }

  private static SessionChange hello(String text) {
    return SessionChange.builder().append(List.of(SessionMessage.of(Role.USER, text))).build();
  }
}
