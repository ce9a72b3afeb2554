package io.gild.a2a.client;

import io.gild.a2a.A2aVersion;

/**
 * Where and how an agent is called.
 *
 * @param url the address, without a slash at its end
 * @param jsonRpc whether calls are JSON-RPC, or else HTTP+JSON
 * @param version the version of the protocol
 */
record Endpoint(String url, boolean jsonRpc, A2aVersion version) {

  boolean isOld() {
    return version == A2aVersion.V0_3;
  }
}
