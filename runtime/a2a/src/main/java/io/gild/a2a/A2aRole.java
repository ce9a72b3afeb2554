package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.Locale;

/** The sender of a message. */
@Experimental
public enum A2aRole {
  /** The client. */
  USER,
  /** The agent. */
  AGENT;

  /**
   * Returns the role as it is written.
   *
   * @param version the version of the protocol
   * @return {@code ROLE_USER} in 1.0, {@code user} in 0.3
   */
  public String wireName(A2aVersion version) {
    return version == A2aVersion.V0_3 ? name().toLowerCase(Locale.ROOT) : "ROLE_" + name();
  }

  /**
   * Reads a role of either version.
   *
   * @param text such as {@code ROLE_USER} or {@code user}
   * @return the role
   * @throws IllegalArgumentException if it is neither
   */
  public static A2aRole of(String text) {
    for (A2aRole role : values()) {
      if (text.equals("ROLE_" + role.name()) || text.equalsIgnoreCase(role.name())) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "role must be ROLE_USER or ROLE_AGENT, but is \"" + text + "\"");
  }
}
