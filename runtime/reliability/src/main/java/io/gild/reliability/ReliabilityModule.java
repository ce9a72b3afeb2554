package io.gild.reliability;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.PolicyType;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import io.gild.core.spi.StageProvider;
import java.util.List;

/** Circuit breaker, retry, time limit, bulkhead, rate limit and fallback. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class ReliabilityModule implements GildModule {

  /** Creates the module; the service loader does. */
  public ReliabilityModule() {}

  @Override
  public String name() {
    return "reliability";
  }

  @Override
  public List<PolicyType<?>> policies() {
    return List.of(
        PolicyType.of("rate-limit", RateLimitPolicy.class)
            .annotation("io.gild.annotations.RateLimit"),
        PolicyType.of("bulkhead", BulkheadPolicy.class).annotation("io.gild.annotations.Bulkhead"),
        PolicyType.of("retry", RetryPolicy.class).annotation("io.gild.annotations.Retry"),
        PolicyType.of("circuit-breaker", CircuitBreakerPolicy.class)
            .annotation("io.gild.annotations.CircuitBreaker"),
        PolicyType.of("time-limit", TimeLimitPolicy.class)
            .annotation("io.gild.annotations.TimeLimit"),
        PolicyType.of("fallback", FallbackPolicy.class)
            .annotation("io.gild.annotations.Fallback")
            .requiring(
                "answer",
                FallbackPolicy::answers,
                "answer must not be empty where no method is named"));
  }

  @Override
  public List<MeterSpec> meters() {
    return ReliabilityMeter.specs();
  }

  @Override
  public List<StageProvider> stages() {
    return List.of(
        new FallbackProvider(),
        new RateLimitProvider(),
        new BulkheadProvider(),
        new RetryProvider(),
        new CircuitBreakerProvider(),
        new TimeLimitProvider());
  }
}
