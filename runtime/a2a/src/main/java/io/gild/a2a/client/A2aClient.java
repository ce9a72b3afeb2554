package io.gild.a2a.client;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aEvent;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aFields;
import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.A2aPushConfig;
import io.gild.a2a.A2aReply;
import io.gild.a2a.A2aStatusUpdate;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aTaskState;
import io.gild.a2a.AgentCard;
import io.gild.a2a.ReportedUsage;
import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.Require;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls one agent. It reads the agent's card at the first call and chooses binding and version by
 * it: JSON-RPC or HTTP+JSON of version 1.0, or else JSON-RPC of version 0.3.
 *
 * <pre>{@code
 * A2aClient support = A2aClient.builder("https://example.com/agents/support").bearer(token).build();
 * String answer = support.ask("Where is my order?");
 * }</pre>
 *
 * <p>Calls are governed: {@code gild.yaml} sets their policies by the name of the client and the
 * methods {@code send}, {@code stream} and {@code call}. A request that the agent did not take (no
 * connection, HTTP 503 or 429) is sent again, if the module reliability is present. Thread-safe;
 * calls block.
 */
@Experimental
public final class A2aClient {

  private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int USUAL_MAX_BYTES = 32 << 20;
  private static final String CARD = "/.well-known/agent-card.json";
  private static final String EXTENSIONS = "A2A-Extensions";
  private static final String STREAM = "message/stream";
  private static final String PUSH = "/pushNotificationConfigs";
  private static final String OLD_CARD = "/.well-known/agent.json";

  private final String url;
  private final Wire wire;
  private final GovernedCalls calls;
  private final Map<String, String> metadata;
  private volatile @Nullable AgentCard card;
  private volatile @Nullable Endpoint endpoint;

  private A2aClient(Builder builder) {
    this.url = builder.url;
    this.metadata = Map.copyOf(builder.metadata);
    this.wire =
        new Wire(
            HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build(),
            builder.headers,
            builder.timeout,
            builder.maxBytes);
    this.calls =
        new GovernedCalls(builder.name == null ? nameOf(url) : builder.name, builder.owner);
  }

  private static String nameOf(String url) {
    String path = String.valueOf(URI.create(url).getPath());
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.isEmpty() ? String.valueOf(URI.create(url).getHost()) : last;
  }

  /**
   * Returns a builder.
   *
   * @param url base address of the agent, to which {@code /.well-known/agent-card.json} is added
   * @return a builder
   */
  public static Builder builder(String url) {
    return new Builder(url);
  }

  /** Sets how an agent is called; not thread-safe. */
  public static final class Builder {

    private final String url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private @Nullable String name;
    private Class<?> owner = A2aClient.class;
    private Duration timeout = USUAL_TIMEOUT;
    private int maxBytes = USUAL_MAX_BYTES;

    private Builder(String url) {
      String scheme = String.valueOf(URI.create(url).getScheme());
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new IllegalArgumentException(
            "the address of an agent must begin with http:// or https://, but is " + url);
      }
      this.url = url.replaceAll("/+$", "");
    }

    /**
     * Sets the name by which policies and telemetry know the calls.
     *
     * @param value a name; the last part of the address unless set
     * @return this
     */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /**
     * Sets the application that the calls belong to, where several share a JVM.
     *
     * @param value a class of it
     * @return this
     */
    public Builder owner(Class<?> value) {
      owner = value;
      return this;
    }

    /**
     * Authenticates with a token.
     *
     * @param token the token, without {@code Bearer}
     * @return this
     */
    public Builder bearer(String token) {
      return header("Authorization", "Bearer " + token);
    }

    /**
     * Sets a header of all requests, such as one with an API key.
     *
     * @param header its name
     * @param value its value
     * @return this
     */
    public Builder header(String header, String value) {
      headers.put(header, value);
      return this;
    }

    /**
     * Chooses the skill that the messages are for, where the agent has several and is served by
     * Gild.
     *
     * @param id identifier of the skill
     * @return this
     */
    public Builder skill(String id) {
      metadata.put("skill", id);
      return this;
    }

    /**
     * Asks the agent what it spends, and counts that as money and tokens of the call. Agents that
     * Gild serves report it.
     *
     * @return this
     */
    public Builder usage() {
      return header(EXTENSIONS, ReportedUsage.URI);
    }

    /**
     * Limits the time to an answer, and the silence within a stream, whose length has no limit.
     *
     * @param limit above zero; five minutes unless set
     * @return this
     */
    public Builder timeout(Duration limit) {
      Require.positive(limit, "limit");
      timeout = limit;
      return this;
    }

    /**
     * Limits the size of an answer and of an event.
     *
     * @param bytes 1 or more; 32 MiB unless set
     * @return this
     */
    public Builder maxBytes(int bytes) {
      Require.atLeast(1, bytes, "bytes");
      maxBytes = bytes;
      return this;
    }

    /**
     * Creates the client; connects to nothing.
     *
     * @return the client
     */
    public A2aClient build() {
      return new A2aClient(this);
    }
  }

  /**
   * Returns the agent's card; read at the first call.
   *
   * @return the card
   * @throws A2aException if the agent has none or cannot be reached
   */
  public AgentCard card() {
    AgentCard known = card;
    if (known == null) {
      known = calls.call("card", this::readCard);
      card = known;
      endpoint = CardFinder.endpoint(known);
    }
    return known;
  }

  /** Reads the card again at the next call, for agents that have moved or learnt. */
  public void forgetCard() {
    card = null;
    endpoint = null;
  }

  private AgentCard readCard() {
    Wire.Answer answer = wire.send(cardRequest(url + CARD));
    if (answer.status() == 404) {
      answer = wire.send(cardRequest(url + OLD_CARD));
    }
    if (answer.status() == 503 || answer.status() == 429) {
      throw new A2aUnavailable("the agent answered HTTP " + answer.status(), null);
    }
    if (answer.status() != 200) {
      throw new A2aException(
          "there is no agent at " + url + ": its card answers HTTP " + answer.status());
    }
    try {
      return A2aJson.card(Json.read(answer.body()));
    } catch (IllegalArgumentException invalid) {
      throw new A2aException(
          A2aErrorCode.INVALID_AGENT_RESPONSE,
          "the card of " + url + " is invalid: " + invalid,
          invalid);
    }
  }

  private static HttpRequest.Builder cardRequest(String address) {
    return HttpRequest.newBuilder(URI.create(address)).header("Accept", "application/json").GET();
  }

  private Endpoint endpoint() {
    card();
    return Objects.requireNonNull(endpoint);
  }

  /**
   * Asks the agent and waits for its answer.
   *
   * @param text the question
   * @return the texts of the answer
   * @throws A2aTaskEnded if the task has no result
   */
  public String ask(String text) {
    return text(send(A2aMessage.ofUser(text)));
  }

  /**
   * Returns the text of an answer.
   *
   * @param reply the answer
   * @return the texts of its artifacts, or else of its last message
   * @throws A2aTaskEnded if the task did not complete
   */
  public static String text(A2aReply reply) {
    if (reply instanceof A2aMessage message) {
      return texts(message.parts());
    }
    A2aTask task = (A2aTask) reply;
    A2aMessage last = task.status().message();
    String said = last == null ? "" : texts(last.parts());
    if (task.status().state() != A2aTaskState.COMPLETED) {
      throw new A2aTaskEnded(task, said);
    }
    List<String> texts = new ArrayList<>();
    for (A2aArtifact artifact : task.artifacts()) {
      texts.add(texts(artifact.parts()));
    }
    return texts.isEmpty() ? said : String.join("\n", texts);
  }

  private static String texts(List<A2aPart> parts) {
    StringBuilder texts = new StringBuilder();
    for (A2aPart part : parts) {
      if (part instanceof A2aPart.Text text) {
        texts.append(text.text());
      } else if (part instanceof A2aPart.Data data) {
        texts.append(Json.write(data.data()));
      }
    }
    return texts.toString();
  }

  /**
   * Sends a message and waits until the agent has answered or needs something. If the thread is
   * interrupted meanwhile, the task goes on.
   *
   * @param message the message
   * @return the task or, if the agent made none, its message
   */
  public A2aReply send(A2aMessage message) {
    return send(message, true);
  }

  /**
   * Sends a message and returns as soon as the agent has taken it.
   *
   * @param message the message
   * @return the task or, if the agent made none, its message
   */
  public A2aReply begin(A2aMessage message) {
    return send(message, false);
  }

  private A2aReply send(A2aMessage message, boolean wait) {
    return calls.call(
        "send",
        () -> {
          Endpoint at = endpoint();
          WireCall call =
              new WireCall(
                  "SendMessage",
                  "message/send",
                  "POST",
                  "/message:send",
                  params(at, message, wait));
          A2aEvent event = event(at, call, result(at, call));
          if (event instanceof A2aReply reply) {
            calls.record(reply);
            return reply;
          }
          throw new A2aException(
              A2aErrorCode.INVALID_AGENT_RESPONSE, "the agent answered with an event");
        });
  }

  private Map<String, @Nullable Object> params(Endpoint at, A2aMessage message, boolean wait) {
    Map<String, @Nullable Object> configuration = new LinkedHashMap<>();
    configuration.put(at.isOld() ? "blocking" : "returnImmediately", at.isOld() == wait);
    Map<String, @Nullable Object> params = new LinkedHashMap<>();
    params.put("message", A2aJson.writeMessage(message, at.version()));
    params.put("configuration", configuration);
    Map<String, Object> all = new LinkedHashMap<>(metadata);
    calls.headers(all::put);
    if (!all.isEmpty()) {
      params.put("metadata", all);
    }
    return params;
  }

  /**
   * Sends a message and passes on what the agent reports, on this thread, until the stream ends.
   *
   * @param message the message
   * @param onEvent takes the task first, and then each event
   * @return the last state that was reported, or {@code null} if the agent made no task
   */
  public @Nullable A2aTaskState stream(A2aMessage message, Consumer<A2aEvent> onEvent) {
    return calls.call(
        "stream",
        () -> {
          Endpoint at = endpoint();
          return listen(
              at,
              new WireCall(
                  "SendStreamingMessage",
                  STREAM,
                  "POST",
                  "/message:stream",
                  params(at, message, true)),
              onEvent);
        });
  }

  /**
   * Follows a task that runs.
   *
   * @param taskId the task
   * @param onEvent takes the task first, and then each event
   * @return the last state that was reported
   */
  public @Nullable A2aTaskState subscribe(String taskId, Consumer<A2aEvent> onEvent) {
    return calls.call(
        "stream",
        () ->
            listen(
                endpoint(),
                new WireCall(
                    "SubscribeToTask",
                    "tasks/resubscribe",
                    "POST",
                    "/tasks/" + taskId + ":subscribe",
                    Map.of("id", taskId)),
                onEvent));
  }

  private @Nullable A2aTaskState listen(Endpoint at, WireCall call, Consumer<A2aEvent> onEvent) {
    A2aTaskState[] last = new A2aTaskState[1];
    Wire.Answer answer =
        wire.stream(
            traced(call.request(at, true)),
            text -> {
              A2aEvent event = event(at, call, call.result(at, 200, text));
              if (event instanceof A2aTask task) {
                last[0] = task.status().state();
              } else if (event instanceof A2aStatusUpdate update) {
                last[0] = update.status().state();
              }
              if (!(event instanceof A2aTask) || call.oldMethod().equals(STREAM)) {
                calls.record(event); // else another call has counted the task so far
              }
              onEvent.accept(event);
              return true;
            });
    if (answer != null) {
      call.result(at, answer.status(), answer.body());
      throw new A2aException(
          A2aErrorCode.INVALID_AGENT_RESPONSE, "the agent did not answer with a stream");
    }
    return last[0];
  }

  /**
   * Returns a task.
   *
   * @param taskId the task
   * @return its present state
   */
  public A2aTask get(String taskId) {
    return task("GetTask", "tasks/get", "GET", "/tasks/" + taskId, Map.of("id", taskId));
  }

  /**
   * Cancels a task.
   *
   * @param taskId the task
   * @return its state
   */
  public A2aTask cancel(String taskId) {
    return task(
        "CancelTask", "tasks/cancel", "POST", "/tasks/" + taskId + ":cancel", Map.of("id", taskId));
  }

  private A2aTask task(
      String method,
      String oldMethod,
      String verb,
      String path,
      Map<String, @Nullable Object> params) {
    return calls.call(
        "call",
        () ->
            A2aJson.task(result(endpoint(), new WireCall(method, oldMethod, verb, path, params))));
  }

  /**
   * Lists tasks.
   *
   * @param contextId only those of a conversation, or {@code null}
   * @param pageSize most tasks of a page; 1 to 100
   * @param pageToken the token of the page before; empty for the first
   * @return the page
   */
  public A2aTaskList list(@Nullable String contextId, int pageSize, String pageToken) {
    return calls.call(
        "call",
        () -> {
          Map<String, @Nullable Object> params = new LinkedHashMap<>();
          params.put("pageSize", pageSize);
          if (contextId != null) {
            params.put("contextId", contextId);
          }
          if (!pageToken.isEmpty()) {
            params.put("pageToken", pageToken);
          }
          A2aFields page = fields(new WireCall("ListTasks", "tasks/list", "GET", "/tasks", params));
          List<A2aTask> tasks = new ArrayList<>();
          page.list("tasks").forEach(task -> tasks.add(A2aJson.task(task)));
          Integer total = page.numberOrNull("totalSize");
          return new A2aTaskList(
              tasks, page.text("nextPageToken", ""), total == null ? tasks.size() : total);
        });
  }

  /**
   * Asks for notifications about a task.
   *
   * @param taskId the task
   * @param config where they go
   * @return what the agent stored
   */
  public A2aPushConfig createPush(String taskId, A2aPushConfig config) {
    return calls.call(
        "call",
        () -> {
          Endpoint at = endpoint();
          Map<String, @Nullable Object> params =
              new LinkedHashMap<>(A2aJson.writePushConfig(config, at.version()));
          params.put("taskId", taskId);
          return A2aJson.pushConfig(
              result(
                  at,
                  new WireCall(
                      "CreateTaskPushNotificationConfig",
                      "tasks/pushNotificationConfig/set",
                      "POST",
                      "/tasks/" + taskId + PUSH,
                      params)));
        });
  }

  /**
   * Returns where notifications about a task go.
   *
   * @param taskId the task
   * @param configId identifier of the configuration
   * @return what the agent has stored
   */
  public A2aPushConfig getPush(String taskId, String configId) {
    return calls.call(
        "call",
        () -> {
          Endpoint at = endpoint();
          return A2aJson.pushConfig(
              result(
                  at,
                  new WireCall(
                      "GetTaskPushNotificationConfig",
                      "tasks/pushNotificationConfig/get",
                      "GET",
                      pushPath(taskId, configId),
                      pushIds(at, taskId, configId))));
        });
  }

  /**
   * Lists where notifications about a task go.
   *
   * @param taskId the task
   * @return the first hundred
   */
  public List<A2aPushConfig> listPush(String taskId) {
    return calls.call(
        "call",
        () -> {
          Endpoint at = endpoint();
          Object json =
              result(
                  at,
                  new WireCall(
                      "ListTaskPushNotificationConfigs",
                      "tasks/pushNotificationConfig/list",
                      "GET",
                      "/tasks/" + taskId + PUSH,
                      at.isOld() ? Map.of("id", taskId) : Map.of("taskId", taskId)));
          List<?> listed =
              json instanceof List<?> old ? old : A2aFields.of(json, "configs").list("configs");
          List<A2aPushConfig> configs = new ArrayList<>();
          listed.forEach(each -> configs.add(A2aJson.pushConfig(each)));
          return configs;
        });
  }

  private static String pushPath(String taskId, String configId) {
    return "/tasks/" + taskId + PUSH + "/" + configId;
  }

  private static Map<String, @Nullable Object> pushIds(
      Endpoint at, String taskId, String configId) {
    return at.isOld()
        ? Map.of("id", taskId, "pushNotificationConfigId", configId)
        : Map.of("taskId", taskId, "id", configId);
  }

  /**
   * Ends notifications about a task.
   *
   * @param taskId the task
   * @param configId identifier of the configuration
   */
  public void deletePush(String taskId, String configId) {
    calls.<Boolean>call(
        "call",
        () -> {
          Endpoint at = endpoint();
          result(
              at,
              new WireCall(
                  "DeleteTaskPushNotificationConfig",
                  "tasks/pushNotificationConfig/delete",
                  "DELETE",
                  pushPath(taskId, configId),
                  pushIds(at, taskId, configId)));
          return true;
        });
  }

  /**
   * Returns the card for clients that have authenticated.
   *
   * @return the extended card
   */
  public AgentCard extendedCard() {
    return calls.call(
        "call",
        () ->
            A2aJson.card(
                result(
                    endpoint(),
                    new WireCall(
                        "GetExtendedAgentCard",
                        "agent/getAuthenticatedExtendedCard",
                        "GET",
                        "/extendedAgentCard",
                        Map.of()))));
  }

  private A2aFields fields(WireCall call) {
    Endpoint at = endpoint();
    return A2aFields.of(result(at, call), call.method());
  }

  private @Nullable Object result(Endpoint at, WireCall call) {
    Wire.Answer answer = wire.send(traced(call.request(at, false)));
    return call.result(at, answer.status(), answer.body());
  }

  private HttpRequest.Builder traced(HttpRequest.Builder request) {
    calls.headers(request::setHeader);
    return request;
  }

  private static A2aEvent event(Endpoint at, WireCall call, @Nullable Object json) {
    try {
      return A2aJson.event(json);
    } catch (IllegalArgumentException invalid) {
      throw new A2aException(
          A2aErrorCode.INVALID_AGENT_RESPONSE,
          "the answer to "
              + call.method()
              + " of "
              + at.url()
              + " is invalid: "
              + invalid.getMessage(),
          invalid);
    }
  }

  @Override
  public String toString() {
    return "agent at " + url;
  }
}
