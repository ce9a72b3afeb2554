package io.gild.core;

import io.gild.config.Experimental;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prepares requests so that providers can keep their beginning in their caches. It never changes
 * what a model reads, only how the request is marked and in which order it lists its tools.
 *
 * @param ttl how long Anthropic keeps what is marked: 5 minutes, or 1 hour, which costs more to
 *     write
 * @param sendKey whether requests to OpenAI get a {@code prompt_cache_key}, which differs by agent
 *     and tenant; servers that only resemble OpenAI may reject it
 */
@Experimental
public record PromptCachePolicy(Duration ttl, boolean sendKey) {

  private static final Set<Duration> LIFETIMES = Set.of(Duration.ofMinutes(5), Duration.ofHours(1));

  /** Checks the values. */
  public PromptCachePolicy {
    if (!LIFETIMES.contains(ttl)) {
      throw new IllegalArgumentException(
          "ttl must be 5m or 1h, the lifetimes that Anthropic offers, but is " + ttl);
    }
  }

  /**
   * Returns the policy of a call.
   *
   * @param innermost a call
   * @return the policy of this call, or else of the nearest call around it; {@code null} if none
   *     has one
   */
  public static @Nullable PromptCachePolicy of(AgentCall innermost) {
    for (AgentCall call = innermost; call != null; call = call.parent()) {
      PromptCachePolicy policy = call.method().policies().get(PromptCachePolicy.class);
      if (policy != null) {
        return policy;
      }
    }
    return null;
  }
}
