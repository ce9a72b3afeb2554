package io.gild.a2a.server;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How agents are served over the Agent2Agent protocol.
 *
 * @param host the address to listen on; one beyond this machine needs credentials
 * @param port the port to listen on, or 0 for a free one
 * @param publicUrl the address that clients use, if it is that of a proxy; {@code null} for the
 *     host and port
 * @param defaultAgent the agent at the root; {@code null} for the only one
 * @param credentials who is let in; empty for anyone on this machine
 * @param limits what clients and agents may use up
 * @param push how events are pushed
 * @param specification {@code 1.0.0}, or {@code 1.0.1} for its three other status codes
 * @param cardsForOldClients whether cards contain the fields that clients of version 0.3 need
 * @param folder where tasks are kept; {@code null} for the memory of the process
 */
@Experimental
public record A2aSettings(
    String host,
    int port,
    @Nullable String publicUrl,
    @Nullable String defaultAgent,
    List<TenantSecret> credentials,
    A2aLimits limits,
    A2aPushRules push,
    String specification,
    boolean cardsForOldClients,
    @Nullable String folder) {

  /** The section {@code a2a}. */
  public static final Section<A2aSettings> SECTION =
      Section.of("a2a", A2aSettings.class)
          .optional(A2aSettings.class, "public-url", "default-agent", "folder");

  private static final List<String> SPECIFICATIONS = List.of("1.0.0", "1.0.1");

  /** Checks the values and copies the list. */
  public A2aSettings {
    Require.between(0, 65_535, port, "port");
    credentials = List.copyOf(credentials);
    if (!SPECIFICATIONS.contains(specification)) {
      throw new IllegalArgumentException(
          "specification must be one of " + SPECIFICATIONS + ", but is " + specification);
    }
  }

  /**
   * A secret of a tenant, which stands in an environment variable and in no file.
   *
   * @param tenant the tenant
   * @param kind how clients send the secret
   * @param variable the name of the environment variable
   */
  public record TenantSecret(String tenant, A2aCredential.Kind kind, String variable) {

    /** Checks that there is a tenant and a name. */
    public TenantSecret {
      if (tenant.isEmpty() || variable.isEmpty()) {
        throw new IllegalArgumentException("tenant and variable must not be empty");
      }
    }
  }
}
