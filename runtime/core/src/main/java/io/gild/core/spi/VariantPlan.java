package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.config.Policies;

/** What a new version adds to the plan of a method, and what it leaves out. Thread-safe. */
@Experimental
public interface VariantPlan {

  /**
   * Returns the policies of the version.
   *
   * @param configured the policies by the settings of the version
   * @return all or some of them
   */
  Policies policies(Policies configured);

  /**
   * Returns what makes the stage right around the method's own code.
   *
   * @return the provider
   */
  StageProvider innermost();
}
