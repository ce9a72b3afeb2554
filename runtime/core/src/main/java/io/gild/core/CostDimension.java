package io.gild.core;

import io.gild.config.Experimental;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A dimension of costs, such as the agent or the tenant. */
@Experimental
public enum CostDimension {
  /** Name of the outermost agent. */
  AGENT(null),
  /** Class and method of the outermost agent, such as {@code com.acme.Desk#answer}. */
  METHOD(null),
  /** Version of the outermost agent; empty if unversioned. */
  VERSION(null),
  /** The provider of the model. */
  PROVIDER(null),
  /** The model, as its provider reports it. */
  MODEL(null),
  /** The tier that a policy chose; empty if none was chosen. */
  TIER(null),
  /** The customer on whose behalf the call runs. */
  TENANT(MethodSpec.Role.TENANT),
  /** The person on whose behalf the call runs. */
  USER(MethodSpec.Role.USER),
  /** The conversation that the call belongs to. */
  SESSION(MethodSpec.Role.SESSION),
  /** The task that the call is a part of. */
  TASK(null),
  /** The workflow that the call is a part of. */
  WORKFLOW(null),
  /** The step of the workflow. */
  STEP(null);

  private static final int LONGEST_VALUE = 200;

  private final MethodSpec.@Nullable Role role;

  CostDimension(MethodSpec.@Nullable Role role) {
    this.role = role;
  }

  /**
   * Returns the name in settings, files and reports.
   *
   * @return such as {@code tenant}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns whether an application can state the value, as a {@linkplain CallLabels label}.
   *
   * @return {@code false} if Gild knows it by itself
   */
  public boolean isLabel() {
    return ordinal() >= TENANT.ordinal();
  }

  /** Returns a value without what exceeds 200 characters. */
  static String limited(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
  }

  /** Returns the role of parameters that have the value; {@code null} if none has. */
  MethodSpec.@Nullable Role role() {
    return role;
  }
}
