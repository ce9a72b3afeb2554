package io.gild.smoke;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import io.gild.operations.GoldenSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The smoke tests of an application.
 *
 * @param url the application's own address, such as {@code http://127.0.0.1:8080}, if the command
 *     names none
 * @param path path of the address that the health test asks
 * @param agent name of the agent that is asked; {@code null} for the one that answers
 * @param golden the golden task that is asked, and how
 * @param tokenEnv name of the environment variable with the token that is sent as {@code
 *     Authorization: Bearer}; {@code null} for none
 * @param authentication what callers without credentials may not see; {@code null} if the
 *     application protects nothing
 * @param cache when a repeated question must be answered from the cache
 * @param performance how fast answers are
 * @param metrics address of metrics in Prometheus' format; {@code null} for that of {@code
 *     observability.prometheus-port}
 * @param timeout after how long a test fails; above zero
 */
@Experimental
public record SmokeSettings(
    @Nullable String url,
    String path,
    @Nullable String agent,
    @Nullable GoldenSettings golden,
    @Nullable String tokenEnv,
    @Nullable ProtectedPath authentication,
    CacheUse cache,
    AnswerSpeed performance,
    @Nullable String metrics,
    Duration timeout) {

  /** The section {@code smoke}. */
  public static final Section<SmokeSettings> SECTION =
      Section.of("smoke", SmokeSettings.class)
          .optional(
              SmokeSettings.class,
              "url",
              "agent",
              "golden",
              "token-env",
              "authentication",
              "metrics")
          .optional(GoldenSettings.class, "tasks", "path", "body", "answer", "every", "timeout");

  /** When a repeated question must be answered from the cache. */
  public enum CacheUse {
    /** If a rule of the settings gives the agent a cache. */
    DECLARED,
    /** Always: an annotation gives the agent a cache. */
    REQUIRED,
    /** Never: the cache is not tested. */
    SKIPPED
  }

  private static final int MOST_CALLS = 10_000;

  /** Checks the values. */
  public SmokeSettings {
    requirePath(path);
    Require.positive(timeout, "timeout");
    if (tokenEnv != null && !tokenEnv.matches("[A-Z_][A-Z0-9_]*")) {
      throw new IllegalArgumentException(
          "token-env must be the name of an environment variable, such as SMOKE_TOKEN, and never"
              + " a token");
    }
  }

  /**
   * A path that needs authentication.
   *
   * @param path the path, such as {@code /admin}
   * @param expects status of the answer to a caller without credentials, or with wrong ones; 300 to
   *     499
   */
  public record ProtectedPath(String path, int expects) {

    /** Checks the values. */
    public ProtectedPath {
      requirePath(path);
      Require.between(300, 499, expects, "expects");
    }
  }

  /**
   * How fast answers are.
   *
   * @param calls how many calls are made, one after the other; 1 to 10,000
   * @param p95 what 95 % of them may take; above zero
   */
  public record AnswerSpeed(int calls, Duration p95) {

    /** Checks the values. */
    public AnswerSpeed {
      Require.between(1, MOST_CALLS, calls, "calls");
      Require.positive(p95, "p95");
    }
  }

  private static void requirePath(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path must begin with /, but is \"" + path + "\"");
    }
  }
}
