package io.gild.a2a.server;

import io.gild.config.Experimental;

/**
 * A secret that lets a client in, as one tenant.
 *
 * @param tenant the tenant; not empty
 * @param kind how the client sends the secret
 * @param secret the secret; 8 characters or more
 */
@Experimental
public record A2aCredential(String tenant, Kind kind, String secret) {

  private static final int FEWEST_CHARACTERS = 8;

  /** How a secret is sent. */
  public enum Kind {
    /** In the header {@code Authorization: Bearer SECRET}. */
    BEARER,
    /** In the header {@code X-API-Key: SECRET}. */
    API_KEY
  }

  /** Checks the lengths. */
  public A2aCredential {
    if (tenant.isEmpty()) {
      throw new IllegalArgumentException("the tenant of a credential must not be empty");
    }
    if (secret.length() < FEWEST_CHARACTERS) {
      throw new IllegalArgumentException(
          "a secret of the tenant %s must have %d characters or more, but has %d"
              .formatted(tenant, FEWEST_CHARACTERS, secret.length()));
    }
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "A2aCredential[" + tenant + ", " + kind + "]";
  }
}
