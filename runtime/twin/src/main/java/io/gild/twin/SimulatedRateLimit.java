package io.gild.twin;

import io.gild.config.PolicyType;
import io.gild.core.AgentCall;
import io.gild.core.Counts;
import io.gild.core.RateLimited;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The rate limit on a virtual clock: that of an application waits in real time. */
final class SimulatedRateLimit implements StageProvider {

  static final String KEY = "rate-limit";

  private final VirtualClock clock;

  SimulatedRateLimit(VirtualClock clock) {
    this.clock = clock;
  }

  @Override
  public Phase phase() {
    return Phase.RATE_LIMIT;
  }

  @Override
  public @Nullable Class<? extends Record> policy() {
    PolicyType<?> type = PolicyType.ofKey(KEY).orElse(null);
    return type == null ? null : type.record();
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    Record policy = SimulatedPolicy.of(context.policies(), KEY);
    Duration period = SimulatedPolicy.duration(policy, "limit-refresh-period");
    Duration timeout = SimulatedPolicy.duration(policy, "timeout-duration");
    return period != null
            && timeout != null
            && SimulatedPolicy.value(policy, "limit-for-period") instanceof Integer limit
        ? new Limit(context, limit, period.toNanos(), timeout.toNanos())
        : null;
  }

  /** Permits a number of calls in each period; a call may take a permission of a later one. */
  private final class Limit extends Stage {

    private final StageContext context;
    private final int limit;
    private final long period;
    private final long timeout;
    private long cycle;
    private long permissions;

    Limit(StageContext context, int limit, long period, long timeout) {
      this.context = context;
      this.limit = limit;
      this.period = period;
      this.timeout = timeout;
      this.permissions = limit;
    }

    @Override
    public boolean enter(AgentCall call) {
      long now = clock.nanoTime();
      long present = now / period;
      permissions = Math.min(limit, permissions + (present - cycle) * limit);
      cycle = present;
      long wait = permissions > 0 ? 0 : (cycle + 1 - permissions / limit) * period - now;
      if (wait > timeout) {
        context.counts().add(Counts.Event.RATE_REFUSED);
        throw new RateLimited(context.spec().agent(), limit);
      }
      permissions--;
      clock.sleep(wait);
      return true;
    }
  }
}
