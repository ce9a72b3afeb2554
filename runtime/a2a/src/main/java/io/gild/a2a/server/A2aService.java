package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aEvent;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aTaskState;
import io.gild.a2a.A2aTaskStatus;
import io.gild.a2a.AgentCard;
import io.gild.a2a.spi.PushTarget;
import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import io.gild.a2a.spi.TaskStore;
import io.gild.core.GildLog;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the agent of a request, and owns what the agents share. */
final class A2aService implements WebServer.Handler, TaskEvents, AutoCloseable {

  private static final int MOST_RECENT = 10_000;
  private static final long MOST_BUFFERED = 256L * 1_024 * 1_024;
  private static final String OLD = "v0.3";
  private static final String CARD = ".well-known/agent-card.json";

  private record Endpoint(
      ServedAgent agent, AgentOperations operations, CardPage card, CardPage oldCard) {}

  private final A2aServer.Builder builder;
  private final TaskStore store;
  private final WorkerThreads threads;
  private final PushSender push;
  private final CallerCheck check;

  /** Where the client of ADK 0.5 sends JSON-RPC, without regard to the card. */
  private static final List<String> OLD_ADK = List.of("v1", "message:send");

  private final JsonRpcBinding jsonRpc;
  private final HttpJsonBinding httpJson;
  private final LiveTasks tasks;
  private final RecentMessages recent;
  private volatile Map<String, Endpoint> endpoints = Map.of();
  private volatile @Nullable Endpoint root;

  A2aService(A2aServer.Builder builder, TaskStore store) {
    this.builder = builder;
    this.store = store;
    this.check = new CallerCheck(builder.credentials);
    this.threads = new WorkerThreads(builder.limits.maxRunning());
    this.push =
        new PushSender(
            new PushAddresses(builder.push.allowPrivate(), builder.resolver),
            threads.timer(),
            builder.push.timeout(),
            builder.push.maxAttempts(),
            builder.push.firstWait());
    CallerReader callers = new CallerReader(check);
    this.jsonRpc = new JsonRpcBinding(callers);
    this.httpJson = new HttpJsonBinding(callers, builder.revised);
    this.tasks = new LiveTasks(store, this, builder.clock);
    this.recent = new RecentMessages(builder.clock, builder.limits.repeatWindow(), MOST_RECENT);
  }

  HttpLimits httpLimits() {
    A2aLimits limits = builder.limits;
    return new HttpLimits(
        limits.maxConnections(),
        limits.maxBodyBytes(),
        Math.max(MOST_BUFFERED, 2L * limits.maxBodyBytes()),
        limits.maxStreamBytes(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15));
  }

  WorkerThreads threads() {
    return threads;
  }

  /** Makes the agents reachable below an address. */
  void open(String url) {
    Map<String, Endpoint> opened = new LinkedHashMap<>();
    String only = builder.agents.size() == 1 ? builder.agents.get(0).name() : null;
    String atRoot = builder.defaultAgent == null ? only : builder.defaultAgent;
    for (A2aAgent agent : builder.agents) {
      failUnfinished(agent.name());
      String base = agent.name().equals(atRoot) ? url : url + "/agents/" + agent.name();
      opened.put(agent.name(), endpoint(agent, base));
    }
    if (atRoot != null && !opened.containsKey(atRoot)) {
      throw new A2aException(
          "the default agent must be one of " + opened.keySet() + ", but is \"" + atRoot + "\"");
    }
    root = atRoot == null ? null : opened.get(atRoot);
    endpoints = opened;
  }

  private Endpoint endpoint(A2aAgent agent, String base) {
    CardPage page = page(agent.card(), base, builder.oldClients);
    CardPage extended =
        agent.extendedCard() == null ? null : page(agent.extendedCard(), base, builder.oldClients);
    ServedAgent served =
        new ServedAgent(
            agent.name(),
            page.card(),
            extended == null ? null : extended.text(),
            agent.handler(),
            tasks,
            store);
    PushOperations pushes = new PushOperations(tasks, push);
    AgentMessages messages =
        new AgentMessages(served, recent, threads, pushes, builder.limits.runTime());
    return new Endpoint(
        served,
        new AgentOperations(served, messages, pushes),
        page,
        page(agent.card(), base, true));
  }

  private CardPage page(AgentCard card, String base, boolean both) {
    return CardPage.of(check.declare(card), base, both, builder.signer, builder.clock.now());
  }

  /** Tasks whose process was killed have no agent that works on them. */
  private void failUnfinished(String agent) {
    for (TaskStore.Unfinished each : store.unfinished(agent)) {
      StoredTask stored = each.stored();
      Instant now = builder.clock.now();
      A2aMessage message =
          A2aMessage.ofAgent("The agent's process ended before the task did.")
              .in(stored.task().contextId(), stored.task().id());
      A2aTaskStatus failed = new A2aTaskStatus(A2aTaskState.FAILED, message, now);
      store.put(each.owner(), new StoredTask(stored.task().with(failed), now, stored.targets()));
    }
  }

  @Override
  public void handle(WebRequest request, WebAnswer answer) {
    List<String> path;
    try {
      path = segments(request.path());
    } catch (IllegalArgumentException invalid) {
      answer.send(400, WebAnswer.TEXT, "The path has a broken escape.");
      return;
    }
    Endpoint endpoint = root;
    if (path.size() >= 2 && path.get(0).equals("agents")) {
      Endpoint named = endpoints.get(path.get(1));
      if (named != null) {
        endpoint = named;
        path = path.subList(2, path.size());
      }
    }
    if (endpoint == null) {
      String names = String.join(", ", endpoints.keySet());
      answer.send(404, WebAnswer.TEXT, "There is no agent here. Agents are at /agents/: " + names);
    } else if (String.join("/", path).equals(CARD)) {
      endpoint.card().serve(request, answer);
    } else if (String.join("/", path).equals(OLD + "/" + CARD)) {
      endpoint.oldCard().serve(request, answer);
    } else if (path.isEmpty() || path.equals(List.of(OLD)) || path.equals(OLD_ADK)) {
      rpc(endpoint, request, answer);
    } else {
      httpJson.handle(endpoint.operations(), path, request, answer);
    }
  }

  private void rpc(Endpoint endpoint, WebRequest request, WebAnswer answer) {
    if (request.method().equals("POST")) {
      jsonRpc.handle(endpoint.operations(), request, answer);
    } else {
      answer.send(
          405,
          Map.of("Allow", "POST", "Content-Type", "text/plain"),
          "This is the A2A agent " + endpoint.agent().name() + ". Its card is at " + CARD + ".");
    }
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    segments.remove(0);
    if (!segments.isEmpty() && segments.get(segments.size() - 1).isEmpty()) {
      segments.remove(segments.size() - 1);
    }
    return segments;
  }

  @Override
  public void store(TaskOwner owner, StoredTask stored) {
    store.put(owner, stored);
  }

  @Override
  public void push(TaskOwner owner, StoredTask stored, A2aEvent event, List<PushTarget> targets) {
    push.push(owner, stored, event, targets);
  }

  /** Ends the tasks that are worked on, so that their clients get an answer. */
  void stop() {
    A2aException closing =
        new A2aException(A2aErrorCode.UNAVAILABLE, "the server was closed before the task ended");
    for (LiveTask task : tasks.all()) {
      TaskTurn turn = task.turn();
      if (turn != null) {
        task.fail(turn, closing);
        turn.cancel();
      }
    }
  }

  @Override
  public void close() {
    stop();
    push.close();
    threads.close();
    try {
      store.close();
    } catch (A2aException failure) {
      GildLog.faultOnce("closing the store of A2A tasks", failure);
    }
  }
}
