package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.core.ProviderLimits;
import io.gild.core.spi.Clock;
import io.gild.cost.spi.TokenClaim;
import io.gild.cost.spi.TokenGrant;
import io.gild.cost.spi.TokenLimitStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The limits of one JVM, by its monotonic clock; nothing outlives the JVM. Thread-safe. */
@Experimental
public final class InProcessTokenLimitStore implements TokenLimitStore {

  private static final int RELEASE_EVERY = 1_024;

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, TokenWindow> windows = new HashMap<>();
  private int asked;

  /**
   * Creates a store without accounts.
   *
   * @param clock the clock
   */
  public InProcessTokenLimitStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public TokenGrant acquire(String id, List<TokenClaim> claims) {
    lock.lock();
    try {
      long now = clock.nanoTime();
      release(now);
      long wait = 0;
      for (TokenClaim claim : claims) {
        TokenWindow window = window(claim.account(), now);
        window.enqueue(id, claim.tokens(), now);
        wait =
            Math.max(
                wait, window.wait(id, now, claim.requestsPerMinute(), claim.tokensPerMinute()));
      }
      if (wait > 0) {
        return new TokenGrant(false, wait);
      }
      for (TokenClaim claim : claims) {
        window(claim.account(), now).start(id, claim.tokens(), claim.tokensPerMinute(), now);
      }
      return TokenGrant.NOW;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void settle(String id, List<String> accounts, long tokens) {
    lock.lock();
    try {
      accounts.forEach(account -> window(account, clock.nanoTime()).settle(id, tokens));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cancel(String id, List<String> accounts) {
    lock.lock();
    try {
      accounts.forEach(account -> window(account, clock.nanoTime()).cancel(id));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void learn(String account, ProviderLimits limits) {
    lock.lock();
    try {
      long now = clock.nanoTime();
      window(account, now).learn(limits, now);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void pause(String account, long nanos) {
    lock.lock();
    try {
      long now = clock.nanoTime();
      window(account, now).pause(now + nanos);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long used(String account) {
    lock.lock();
    try {
      return window(account, clock.nanoTime()).used();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return windows.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    // Nothing is kept: a minute later, nothing of it would count.
  }

  private TokenWindow window(String account, long now) {
    TokenWindow window = windows.computeIfAbsent(account, absent -> new TokenWindow());
    window.advance(now);
    return window;
  }

  /** Releases the accounts that had no request for a minute. */
  private void release(long now) {
    if (++asked % RELEASE_EVERY == 0) {
      windows
          .values()
          .removeIf(window -> {
            window.advance(now);
            return window.isIdle();
          });
    }
  }
}
