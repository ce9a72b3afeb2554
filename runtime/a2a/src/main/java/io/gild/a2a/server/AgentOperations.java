package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aFields;
import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aTaskState;
import io.gild.a2a.AgentCapabilities;
import io.gild.a2a.spi.StoredTask;
import io.gild.a2a.spi.TaskOwner;
import io.gild.a2a.spi.TaskPage;
import io.gild.a2a.spi.TaskQuery;
import io.gild.config.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operations of one agent, the same for each binding. */
final class AgentOperations {

  private final ServedAgent agent;
  private final AgentMessages messages;
  private final PushOperations push;

  AgentOperations(ServedAgent agent, AgentMessages messages, PushOperations push) {
    this.agent = agent;
    this.messages = messages;
    this.push = push;
  }

  /** Runs an operation; its result or error goes to the reply, now or later. */
  void run(A2aOperation operation, A2aCaller caller, A2aFields params, OperationReply reply) {
    try {
      TaskOwner owner = new TaskOwner(agent.name(), caller.tenant());
      checkCapabilities(operation, caller);
      switch (operation) {
        case SEND -> messages.send(owner, caller, SendParams.read(params), reply);
        case STREAM -> messages.stream(owner, caller, SendParams.read(params), reply);
        case SUBSCRIBE -> messages.subscribe(owner, caller, params.text("id"), reply);
        case GET -> reply.result(get(owner, caller, params));
        case LIST -> reply.result(list(owner, caller, params));
        case CANCEL -> reply.result(cancel(owner, caller, params));
        case CREATE_PUSH -> reply.result(push.create(owner, caller, params));
        case GET_PUSH -> reply.result(push.get(owner, caller, params));
        case LIST_PUSH -> reply.result(push.list(owner, caller, params));
        case DELETE_PUSH -> reply.result(push.delete(owner, caller, params));
        case EXTENDED_CARD -> reply.result(extendedCard(caller));
      }
    } catch (A2aException failure) {
      reply.failed(failure);
    } catch (IllegalArgumentException invalid) {
      reply.failed(
          new A2aException(
              A2aErrorCode.INVALID_PARAMS, String.valueOf(invalid.getMessage()), invalid));
    }
  }

  private void checkCapabilities(A2aOperation operation, A2aCaller caller) {
    AgentCapabilities capabilities = agent.card().capabilities();
    if (operation.isPush() && !capabilities.pushNotifications()) {
      throw new A2aException(
          A2aErrorCode.PUSH_NOTIFICATION_NOT_SUPPORTED,
          "the agent pushes no notifications; get or subscribe to the task instead");
    }
    if (operation.isStream() && !capabilities.streaming()) {
      throw new A2aException(
          A2aErrorCode.UNSUPPORTED_OPERATION,
          "the agent does not stream; send the message without a stream, and get the task");
    }
    if (operation == A2aOperation.SEND || operation == A2aOperation.STREAM) {
      Set<String> missing =
          capabilities.extensions().stream()
              .filter(AgentCapabilities.Extension::required)
              .map(AgentCapabilities.Extension::uri)
              .filter(uri -> !caller.extensions().contains(uri))
              .collect(Collectors.toSet());
      if (!missing.isEmpty()) {
        throw new A2aException(
            A2aErrorCode.EXTENSION_SUPPORT_REQUIRED,
            "the agent requires the extensions " + missing + "; name them in A2A-Extensions");
      }
    }
  }

  private String get(TaskOwner owner, A2aCaller caller, A2aFields params) {
    Integer history = SendParams.historyLength(params);
    A2aTask task = agent.tasks().get(owner, params.text("id")).task();
    return write(history == null ? task : task.withHistory(history), caller);
  }

  private String cancel(TaskOwner owner, A2aCaller caller, A2aFields params) {
    LiveTask live = agent.tasks().hold(owner, params.text("id"));
    try {
      TaskTurn turn = live.cancel();
      if (turn != null) {
        turn.cancel();
      }
      StoredTask canceled = live.snapshot();
      return canceled == null ? "{}" : write(canceled.task(), caller);
    } finally {
      agent.tasks().release(live);
    }
  }

  private static String write(A2aTask task, A2aCaller caller) {
    return Json.write(A2aJson.writeTask(task, caller.version()));
  }

  private String list(TaskOwner owner, A2aCaller caller, A2aFields params) {
    Integer size = params.numberOrNull("pageSize");
    String state = params.textOrNull("status");
    boolean artifacts = params.flag("includeArtifacts", false);
    Integer history = SendParams.historyLength(params);
    TaskQuery query =
        new TaskQuery(
            emptyToNull(params.textOrNull("contextId")),
            state == null || state.isEmpty() || state.equals("TASK_STATE_UNSPECIFIED")
                ? null
                : A2aTaskState.of(state),
            params.instantOrNull("statusTimestampAfter"),
            size == null ? TaskQuery.USUAL_PAGE_SIZE : size,
            emptyToNull(params.textOrNull("pageToken")));
    TaskPage page = agent.store().list(owner, query);
    List<Object> tasks = new ArrayList<>();
    for (StoredTask stored : page.tasks()) {
      A2aTask task = stored.task();
      task = history == null ? task : task.withHistory(history);
      Map<String, Object> json = A2aJson.writeTask(task, caller.version());
      if (artifacts) {
        json.putIfAbsent("artifacts", List.of());
      } else {
        json.remove("artifacts");
      }
      tasks.add(json);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tasks", tasks);
    json.put("nextPageToken", page.nextPageToken());
    json.put("pageSize", query.pageSize());
    json.put("totalSize", page.totalSize());
    return Json.write(json);
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private String extendedCard(A2aCaller caller) {
    if (!agent.card().capabilities().extendedAgentCard()) {
      throw new A2aException(A2aErrorCode.UNSUPPORTED_OPERATION, "the agent has no extended card");
    }
    String extended = agent.extendedCard();
    if (extended == null) {
      throw new A2aException(
          A2aErrorCode.EXTENDED_AGENT_CARD_NOT_CONFIGURED,
          "the agent declares an extended card, but none is configured");
    }
    if (!caller.authenticated()) {
      throw new A2aException(
          A2aErrorCode.UNAUTHENTICATED, "the extended card is for clients that authenticate");
    }
    return extended;
  }
}
