package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Money that may be spent per period.
 *
 * @param limit amount in USD; above zero
 * @param period after how long the amount is available again; above zero
 * @param per which callers share the amount; {@code null} means all callers
 */
@Experimental
public record Budget(BigDecimal limit, Duration period, @Nullable Per per) {

  /** The section {@code budgets}: budgets by name. */
  public static final Section<Map<String, Budget>> SECTION =
      Section.mapOf("budgets", Budget.class).optional(Budget.class, "per");

  /** Which callers share the amount of a budget. */
  public enum Per {
    /** All callers together. */
    NONE,
    /** Each tenant has the full amount. */
    TENANT
  }

  /** Checks the values. */
  public Budget {
    if (limit.signum() <= 0) {
      throw new IllegalArgumentException(
          "limit must be above zero, but is " + limit.toPlainString());
    }
    Require.positive(period, "period");
    per = per == null ? Per.NONE : per;
  }
}
