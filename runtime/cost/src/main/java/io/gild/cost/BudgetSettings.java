package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import org.jspecify.annotations.Nullable;

/**
 * Where the accounts of budgets are kept.
 *
 * @param store {@code folder} to keep what was spent over a restart, {@code in-process} to forget
 *     it, or the name of a store that is on the class path
 * @param most how many accounts a JVM keeps before further holders of a budget share one; at least
 *     1
 * @param alerts where alerts are posted; {@code null} means nowhere
 */
@Experimental
public record BudgetSettings(String store, int most, @Nullable Alerts alerts) {

  /** The section {@code budget-accounts}. */
  public static final Section<BudgetSettings> SECTION =
      Section.of("budget-accounts", BudgetSettings.class).optional(BudgetSettings.class, "alerts");

  static final String FOLDER = "folder";
  static final String IN_PROCESS = "in-process";

  /**
   * Where alerts are posted.
   *
   * @param url receives each alert as a POST request with JSON
   * @param secretEnv environment variable that holds the secret of the signature
   */
  public record Alerts(String url, String secretEnv) {

    /** Checks the values. */
    public Alerts {
      if (!url.startsWith("http://") && !url.startsWith("https://")) {
        throw new IllegalArgumentException(
            "url must begin with http:// or https://, but is " + url);
      }
    }
  }

  /** Checks the values. */
  public BudgetSettings {
    Require.atLeast(1, most, "most");
  }
}
