package io.gild.a2a;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * An address of an agent and the protocol that is spoken there.
 *
 * @param url the address; not empty
 * @param binding {@link #JSON_RPC}, {@link #HTTP_JSON}, {@code GRPC}, or the URI of another one
 * @param protocolVersion major and minor, such as {@code 1.0}; not empty
 * @param tenant sent as {@code tenant} with each request to the address, or {@code null}
 */
@Experimental
public record AgentInterface(
    String url, String binding, String protocolVersion, @Nullable String tenant) {

  /** JSON-RPC 2.0 over HTTP. */
  public static final String JSON_RPC = "JSONRPC";

  /** Resources over HTTP. */
  public static final String HTTP_JSON = "HTTP+JSON";

  /** Checks the values. */
  public AgentInterface {
    A2aValues.notEmpty(url, "url");
    A2aValues.notEmpty(binding, "protocolBinding");
    A2aValues.notEmpty(protocolVersion, "protocolVersion");
    tenant = A2aValues.textOrNull(tenant);
  }

  /**
   * Creates an interface without a tenant.
   *
   * @param url the address
   * @param binding the protocol binding
   * @param version the version
   * @return the interface
   */
  public static AgentInterface of(String url, String binding, A2aVersion version) {
    return new AgentInterface(url, binding, version.text(), null);
  }
}
