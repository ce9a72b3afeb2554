package io.gild.twin;

import io.gild.config.Experimental;
import io.gild.config.Setting;
import io.gild.core.MethodSpec;
import java.util.List;

/**
 * A governed method of an agent, with the policies in force.
 *
 * @param spec the method, with the policies that its annotations declare
 * @param policies each value in force, such as {@code retry.max-attempts}, and where it comes from
 */
@Experimental
public record TwinMethod(MethodSpec spec, List<Setting> policies) {

  /** Copies the list. */
  public TwinMethod {
    policies = List.copyOf(policies);
  }
}
