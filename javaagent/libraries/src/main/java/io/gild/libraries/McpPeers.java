package io.gild.libraries;

import io.gild.core.McpExchange;
import io.gild.weaver.Foreign;
import io.gild.weaver.PrivateFields;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads where the clients of the Model Context Protocol send their requests. */
final class McpPeers {

  private static final String PIPE = "pipe";
  private static final String TCP = "tcp";

  private McpPeers() {}

  /** Returns the peer of a session of the MCP SDK's client. */
  static McpExchange.Peer ofSdk(Object session) {
    Object transport = PrivateFields.of(session, "transport");
    String type = transport == null ? "" : transport.getClass().getName();
    if (transport == null || type.endsWith(".StdioClientTransport")) {
      return new McpExchange.Peer(null, null, transport == null ? null : PIPE, null, 0);
    }
    if (!type.endsWith(".HttpClientStreamableHttpTransport")) {
      return McpExchange.Peer.UNKNOWN;
    }
    Object active = PrivateFields.of(transport, "activeSession");
    Object present = active instanceof AtomicReference<?> holder ? holder.get() : null;
    return remote(
        Foreign.read(present, "sessionId"), null, url(PrivateFields.of(transport, "baseUri")));
  }

  /**
   * Returns the peer of a transport of LangChain4j.
   *
   * @param request id of the request
   */
  static McpExchange.Peer ofLangChain4j(Object transport, @Nullable String request) {
    String type = transport.getClass().getName();
    if (type.endsWith(".StdioMcpTransport")) {
      return new McpExchange.Peer(null, request, PIPE, null, 0);
    }
    if (!type.endsWith(".StreamableHttpMcpTransport")) {
      return new McpExchange.Peer(null, request, null, null, 0);
    }
    Object session = PrivateFields.of(transport, "mcpSessionId");
    Object id = session instanceof AtomicReference<?> holder ? holder.get() : session;
    return remote(id, request, url(PrivateFields.of(transport, "url")));
  }

  private static McpExchange.Peer remote(
      @Nullable Object session, @Nullable String request, @Nullable URI url) {
    return new McpExchange.Peer(
        session == null ? null : session.toString(),
        request,
        TCP,
        url == null ? null : url.getHost(),
        url == null ? 0 : url.getPort());
  }

  private static @Nullable URI url(@Nullable Object url) {
    try {
      return url == null ? null : URI.create(url.toString());
    } catch (IllegalArgumentException invalid) {
      return null;
    }
  }
}
