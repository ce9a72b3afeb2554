package io.gild.orchestration;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * What is set for one run. Immutable.
 *
 * @param id its name; starting the same name again returns the same run. {@code null} means a
 *     random one.
 * @param tenant on whose behalf it works; may be empty
 */
@Experimental
public record RunOptions(@Nullable String id, String tenant) {

  /** A run with a random name and no tenant. */
  public static final RunOptions NONE = new RunOptions(null, "");

  /** Checks the name. */
  public RunOptions {
    if (id != null) {
      RunFolder.requireId(id);
    }
  }

  /**
   * Names a run.
   *
   * @param id its name
   * @return options without a tenant
   */
  public static RunOptions id(String id) {
    return new RunOptions(id, "");
  }

  /**
   * Sets the tenant.
   *
   * @param name on whose behalf the run works
   * @return options with the tenant
   */
  public RunOptions tenant(String name) {
    return new RunOptions(id, name);
  }
}
