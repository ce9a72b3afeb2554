package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.Attribution;
import io.gild.core.CallKind;
import io.gild.core.CostDimension;
import io.gild.core.GildLog;
import io.gild.core.PromptCachePolicy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a request is prepared for its provider's cache.
 *
 * @param anHour whether what is marked is kept for one hour instead of five minutes
 * @param key groups requests with the same beginning; {@code null} for none
 */
record PromptCache(boolean anHour, @Nullable String key) {

  private static final int KEY_BYTES = 16;

  /** Returns the wish of a call's policy; null if no policy prepares its request. */
  static @Nullable PromptCache of(@Nullable AgentCall call) {
    if (call == null || call.method().spec().kind() != CallKind.CHAT) {
      return null;
    }
    PromptCachePolicy policy = PromptCachePolicy.of(call);
    return policy == null
        ? null
        : new PromptCache(
            policy.ttl().compareTo(Duration.ofHours(1)) >= 0, policy.sendKey() ? key(call) : null);
  }

  /** The provider gets a hash: the name of a tenant may be that of a person. */
  private static String key(AgentCall call) {
    Attribution attribution = call.attribution();
    String names =
        attribution.get(CostDimension.AGENT) + "\n" + attribution.get(CostDimension.TENANT);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
      return "gild-" + HexFormat.of().formatHex(Arrays.copyOf(hash, KEY_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /**
   * Prepares a request.
   *
   * @param arguments the arguments that would be sent
   * @return arguments to send instead; the same ones if nothing is to be changed, or if a request
   *     of this library cannot be prepared, which is logged once
   */
  @Nullable Object[] prepare(
      ModelDialect dialect, @Nullable Object self, @Nullable Object[] arguments) {
    try {
      return dialect.withPromptCache(self, arguments, this);
    } catch (UnsupportedOperationException none) {
      GildLog.infoOnce(
          "The policy prompt-cache has no effect on requests read by "
              + dialect.getClass().getSimpleName()
              + ": "
              + none.getMessage()
              + ".");
    } catch (Throwable fault) {
      GildLog.faultOnce("Preparing a request for the provider's cache", fault);
    }
    return arguments;
  }
}
