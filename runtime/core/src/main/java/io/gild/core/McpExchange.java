package io.gild.core;

import io.gild.config.Experimental;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request of the Model Context Protocol (MCP), as a client sends it or a server handles it.
 *
 * @param application the application that sends or handles it
 * @param call the innermost governed call around it; {@code null} for none
 * @param served whether this JVM is the server
 * @param method the protocol's method, such as {@code tools/call}
 * @param target name of the tool or prompt, or URI of the resource; empty for none
 * @param meta what the client wrote into {@code params._meta}, by name; nothing for a client
 * @param peer the other side, as far as it is known
 */
@Experimental
public record McpExchange(
    Application application,
    @Nullable AgentCall call,
    boolean served,
    String method,
    String target,
    Function<String, @Nullable String> meta,
    Peer peer) {

  /** The method that runs a tool. */
  public static final String CALL_TOOL = "tools/call";

  /** Where the adapters of frameworks are, which present a tool of a server as one of theirs. */
  private static final String ADAPTERS = ".mcp.";

  /**
   * The connection to the other side.
   *
   * @param session the session; {@code null} if unknown
   * @param request id of the request; {@code null} if unknown
   * @param transport {@code pipe} or {@code tcp}; {@code null} if unknown
   * @param host the server's name; {@code null} if unknown
   * @param port the server's port; 0 or less if unknown
   */
  @Experimental
  public record Peer(
      @Nullable String session,
      @Nullable String request,
      @Nullable String transport,
      @Nullable String host,
      int port) {

    /** Nothing is known. */
    public static final Peer UNKNOWN = new Peer(null, null, null, null, 0);
  }

  /**
   * Returns whether the call around the request runs the same tool.
   *
   * @return {@code true} if a framework presents the server's tool as one of its own
   */
  public boolean isToolOfCall() {
    AgentCall around = call;
    if (served || around == null || !method.equals(CALL_TOOL)) {
      return false;
    }
    Object tool = around.self();
    return around.method().spec().kind() == CallKind.TOOL
        && tool != null
        && tool.getClass().getName().contains(ADAPTERS);
  }
}
