package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.cost.spi.TokenClaim;
import io.gild.cost.spi.TokenLimitStore;
import io.gild.cost.spi.TokenLimitStoreContract;
import io.gild.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InProcessTokenLimitStoreTests extends TokenLimitStoreContract {

  private final ManualClock clock = ManualClock.create();

  @Override
  protected TokenLimitStore open() {
    return new InProcessTokenLimitStore(clock);
  }

  @Override
  protected void advance(Duration time) {
    clock.advance(time);
  }

  @Test
  void releasesAccountsWithoutRequests() {
    InProcessTokenLimitStore store = new InProcessTokenLimitStore(clock);
    for (int i = 0; i < 1_000; i++) {
      store.acquire("id", List.of(new TokenClaim("tenant " + i, 1, 0, 1)));
    }
    advance(Duration.ofMinutes(2));
    for (int i = 0; i < 100; i++) {
      store.acquire("id", List.of(new TokenClaim("other " + i, 1, 0, 1)));
    }

    assertThat(store.size()).isLessThanOrEqualTo(100);
  }
}
