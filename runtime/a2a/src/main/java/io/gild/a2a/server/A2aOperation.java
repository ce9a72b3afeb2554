package io.gild.a2a.server;

import org.jspecify.annotations.Nullable;

/** The operations of an agent, by their JSON-RPC names of 1.0 and 0.3. */
enum A2aOperation {
  SEND("SendMessage", "message/send"),
  STREAM("SendStreamingMessage", "message/stream"),
  GET("GetTask", "tasks/get"),
  LIST("ListTasks", "tasks/list"),
  CANCEL("CancelTask", "tasks/cancel"),
  SUBSCRIBE("SubscribeToTask", "tasks/resubscribe"),
  CREATE_PUSH("CreateTaskPushNotificationConfig", "tasks/pushNotificationConfig/set"),
  GET_PUSH("GetTaskPushNotificationConfig", "tasks/pushNotificationConfig/get"),
  LIST_PUSH("ListTaskPushNotificationConfigs", "tasks/pushNotificationConfig/list"),
  DELETE_PUSH("DeleteTaskPushNotificationConfig", "tasks/pushNotificationConfig/delete"),
  EXTENDED_CARD("GetExtendedAgentCard", "agent/getAuthenticatedExtendedCard");

  private final String method;
  private final String oldMethod;

  A2aOperation(String method, String oldMethod) {
    this.method = method;
    this.oldMethod = oldMethod;
  }

  static @Nullable A2aOperation of(String name, boolean old) {
    for (A2aOperation operation : values()) {
      if (name.equals(old ? operation.oldMethod : operation.method)) {
        return operation;
      }
    }
    return null;
  }

  boolean isPush() {
    return this == CREATE_PUSH || this == GET_PUSH || this == LIST_PUSH || this == DELETE_PUSH;
  }

  boolean isStream() {
    return this == STREAM || this == SUBSCRIBE;
  }
}
