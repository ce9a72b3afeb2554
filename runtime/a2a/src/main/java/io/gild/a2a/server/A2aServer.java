package io.gild.a2a.server;

import io.gild.a2a.A2aException;
import io.gild.a2a.AgentCard;
import io.gild.a2a.AgentCardSigner;
import io.gild.a2a.spi.TaskStore;
import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Serves agents over the Agent2Agent protocol: JSON-RPC in the versions 1.0 and 0.3, HTTP+JSON in
 * 1.0, streams and push notifications.
 *
 * <p>Each agent is at {@code /agents/NAME}, and its card at {@code
 * /agents/NAME/.well-known/agent-card.json}. The only agent, or the default one, is at the root as
 * well. Below {@code /v0.3} of each are the cards for clients of version 0.3.
 *
 * <p><b>Thread-safety.</b> Safe for use by many threads. Streams need no thread each; handlers run
 * on virtual threads where the JVM has them.
 *
 * <p>Without credentials the server serves anyone, and is bound to loopback addresses only.
 */
@Experimental
public final class A2aServer implements AutoCloseable {

  private final A2aService service;
  private final WebServer web;
  private final String url;

  private A2aServer(Builder builder) {
    InetAddress address = address(builder.host);
    if (builder.credentials.isEmpty() && !address.isLoopbackAddress()) {
      throw new A2aException(
          "a server without credentials must be bound to a loopback address such as 127.0.0.1, but"
              + " its host is "
              + builder.host
              + "; set a2a.credentials, or the host to 127.0.0.1");
    }
    if (builder.agents.isEmpty()) {
      throw new A2aException("a server needs at least one agent");
    }
    TaskStore store = store(builder);
    this.service = new A2aService(builder, store);
    WebServer bound = null;
    try {
      bound =
          WebServer.bind(
              new InetSocketAddress(address, builder.port),
              service.httpLimits(),
              builder.clock,
              service.threads(),
              service);
      this.web = bound;
      this.url = builder.publicUrl == null ? url(builder.host, bound.port()) : builder.publicUrl;
      service.open(url);
      bound.begin();
    } catch (RuntimeException failure) {
      if (bound != null) {
        bound.close();
      }
      service.close();
      throw failure;
    }
  }

  private static TaskStore store(Builder builder) {
    if (builder.store != null) {
      return builder.store;
    }
    int most = builder.limits.maxTasks();
    return builder.folder == null
        ? new InMemoryTaskStore(most)
        : new FolderTaskStore(builder.folder, most);
  }

  private static String url(String host, int port) {
    return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new A2aException("the host " + host + " is unknown", unknown);
    }
  }

  /**
   * Returns a builder.
   *
   * @return a builder of a server on a free port of 127.0.0.1 that keeps tasks in memory
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the port.
   *
   * @return the port that the server listens on
   */
  public int port() {
    return web.port();
  }

  /**
   * Returns the address that the cards begin with.
   *
   * @return the public address, or that of the host and port; without a slash at its end
   */
  public String url() {
    return url;
  }

  /**
   * Returns how many connections are in use: by a request that is read or answered, or a stream.
   *
   * @return zero or more
   */
  public int connections() {
    return web.connections();
  }

  /**
   * Ends everything: running agents are interrupted and their tasks fail, connections and threads
   * end, the store is closed.
   */
  @Override
  public void close() {
    service.stop();
    web.close();
    service.close();
  }

  /** Sets how a server serves. */
  public static final class Builder {

    String host = "127.0.0.1";
    int port;
    @Nullable String publicUrl;
    final List<A2aAgent> agents = new ArrayList<>();
    @Nullable String defaultAgent;
    final List<A2aCredential> credentials = new ArrayList<>();
    A2aLimits limits = A2aLimits.ofDefaults();
    A2aPushRules push = A2aPushRules.ofDefaults(false);
    boolean revised;
    boolean oldClients;
    UnaryOperator<AgentCard> signer = card -> card;
    @Nullable TaskStore store;
    @Nullable Path folder;
    Clock clock = Clock.SYSTEM;
    PushAddresses.Resolver resolver = InetAddress::getAllByName;

    private Builder() {}

    /**
     * Sets what the settings say; later calls override it.
     *
     * @param settings the section {@code a2a}
     * @return this
     * @throws A2aException if the environment variable of a secret is not set
     */
    public Builder settings(A2aSettings settings) {
      return settings(settings, System::getenv);
    }

    Builder settings(A2aSettings settings, UnaryOperator<@Nullable String> environment) {
      for (A2aSettings.TenantSecret each : settings.credentials()) {
        String secret = environment.apply(each.variable());
        if (secret == null) {
          throw new A2aException(
              "the environment variable %s is not set, but a2a.credentials names it for the tenant"
                      .formatted(each.variable())
                  + " "
                  + each.tenant());
        }
        credentials.add(new A2aCredential(each.tenant(), each.kind(), secret));
      }
      host = settings.host();
      port = settings.port();
      publicUrl(settings.publicUrl());
      defaultAgent = settings.defaultAgent();
      limits = settings.limits();
      push = settings.push();
      revised = settings.specification().equals("1.0.1");
      oldClients = settings.cardsForOldClients();
      folder = settings.folder() == null ? null : Path.of(settings.folder());
      return this;
    }

    /**
     * Sets the address to listen on.
     *
     * @param value a name or an address
     * @return this
     */
    public Builder host(String value) {
      host = value;
      return this;
    }

    /**
     * Sets the port to listen on.
     *
     * @param value 1 to 65535, or 0 for a free one
     * @return this
     */
    public Builder port(int value) {
      if (value < 0 || value > 65_535) {
        throw new IllegalArgumentException("port must be from 0 to 65535, but is " + value);
      }
      port = value;
      return this;
    }

    /**
     * Sets the address that clients use, if it is that of a proxy.
     *
     * @param value such as {@code https://agents.example.com}, or {@code null} for the host and
     *     port
     * @return this
     */
    public Builder publicUrl(@Nullable String value) {
      publicUrl =
          value != null && value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
      return this;
    }

    /**
     * Adds an agent.
     *
     * @param agent the agent; its name must be new
     * @return this
     */
    public Builder agent(A2aAgent agent) {
      if (agents.stream().anyMatch(each -> each.name().equals(agent.name()))) {
        throw new IllegalArgumentException(
            "the name of an agent must be new, but there is another \"" + agent.name() + "\"");
      }
      agents.add(agent);
      return this;
    }

    /**
     * Sets the agent at the root; the only agent is there anyway.
     *
     * @param name the name of an agent
     * @return this
     */
    public Builder defaultAgent(String name) {
      defaultAgent = name;
      return this;
    }

    /**
     * Lets a client in.
     *
     * @param credential its secret and tenant
     * @return this
     */
    public Builder credential(A2aCredential credential) {
      credentials.add(credential);
      return this;
    }

    /**
     * Sets the limits.
     *
     * @param value the limits
     * @return this
     */
    public Builder limits(A2aLimits value) {
      limits = value;
      return this;
    }

    /**
     * Sets how events are pushed.
     *
     * @param value the rules
     * @return this
     */
    public Builder push(A2aPushRules value) {
      push = value;
      return this;
    }

    /**
     * Answers with the status codes of specification 1.0.1, which differ in three places from those
     * of 1.0.0.
     *
     * @param value whether to
     * @return this
     */
    public Builder revisedStatusCodes(boolean value) {
      revised = value;
      return this;
    }

    /**
     * Adds to cards the fields that clients of version 0.3 need; strict clients of 1.0 reject them.
     * Without it, clients of 0.3 find their cards below {@code /v0.3}.
     *
     * @param value whether to; it does not unless this is called
     * @return this
     */
    public Builder cardsForOldClients(boolean value) {
      oldClients = value;
      return this;
    }

    /**
     * Signs the cards.
     *
     * @param value signs a card that is complete
     * @return this
     */
    public Builder signer(AgentCardSigner value) {
      signer = value::sign;
      return this;
    }

    /**
     * Sets where tasks are kept; the server closes it.
     *
     * @param value the store
     * @return this
     */
    public Builder store(TaskStore value) {
      store = value;
      return this;
    }

    /**
     * Sets the clock.
     *
     * @param value the clock
     * @return this
     */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    Builder resolver(PushAddresses.Resolver value) {
      resolver = value;
      return this;
    }

    /**
     * Starts the server.
     *
     * @return the server
     * @throws A2aException if it cannot listen, cannot use the folder of tasks, has no agent, or
     *     would be open to others than this machine without credentials
     */
    public A2aServer start() {
      return new A2aServer(this);
    }
  }
}
