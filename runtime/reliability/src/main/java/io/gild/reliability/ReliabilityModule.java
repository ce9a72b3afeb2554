package io.gild.reliability;

import io.gild.core.spi.StageProvider;
import java.util.List;

/** The stages of this module, for those who build a runtime by hand. */
public final class ReliabilityModule {

  private ReliabilityModule() {}

  /**
   * Returns the providers that the service loader finds as well.
   *
   * @return one provider per policy
   */
  public static List<StageProvider> providers() {
    return List.of(
        new FallbackProvider(),
        new RateLimitProvider(),
        new BulkheadProvider(),
        new RetryProvider(),
        new CircuitBreakerProvider(),
        new TimeLimitProvider());
  }
}
