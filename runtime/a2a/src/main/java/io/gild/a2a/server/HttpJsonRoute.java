package io.gild.a2a.server;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations that a path stands for.
 *
 * @param tenant the tenant that the path names, or {@code null}
 * @param operations the operations by the method of HTTP
 * @param params the parameters that the path contains
 */
record HttpJsonRoute(
    @Nullable String tenant, Map<String, A2aOperation> operations, Map<String, String> params) {

  private static final String CONFIGS = "pushNotificationConfigs";

  /** Returns the route of a path, which may begin with a tenant, or null. */
  static @Nullable HttpJsonRoute of(List<String> segments) {
    HttpJsonRoute route = of(null, segments);
    return route != null || segments.size() < 2
        ? route
        : of(segments.get(0), segments.subList(1, segments.size()));
  }

  private static @Nullable HttpJsonRoute of(@Nullable String tenant, List<String> path) {
    String first = path.isEmpty() ? "" : path.get(0);
    if (path.size() == 1) {
      Map<String, A2aOperation> operations =
          switch (first) {
            case "message:send" -> Map.of("POST", A2aOperation.SEND);
            case "message:stream" -> Map.of("POST", A2aOperation.STREAM);
            case "tasks" -> Map.of("GET", A2aOperation.LIST);
            case "extendedAgentCard" -> Map.of("GET", A2aOperation.EXTENDED_CARD);
            default -> Map.of();
          };
      return operations.isEmpty() ? null : new HttpJsonRoute(tenant, operations, Map.of());
    }
    if (!first.equals("tasks") || path.get(1).isEmpty()) {
      return null;
    }
    if (path.size() == 2) {
      return task(tenant, path.get(1));
    }
    return path.get(2).equals(CONFIGS) ? config(tenant, path) : null;
  }

  private static HttpJsonRoute task(@Nullable String tenant, String last) {
    int colon = last.lastIndexOf(':');
    String verb = colon < 0 ? "" : last.substring(colon + 1);
    String id = colon < 0 ? last : last.substring(0, colon);
    return switch (verb) {
      case "cancel" ->
          new HttpJsonRoute(tenant, Map.of("POST", A2aOperation.CANCEL), Map.of("id", id));
      case "subscribe" ->
          new HttpJsonRoute(
              tenant,
              Map.of("GET", A2aOperation.SUBSCRIBE, "POST", A2aOperation.SUBSCRIBE),
              Map.of("id", id));
      default -> new HttpJsonRoute(tenant, Map.of("GET", A2aOperation.GET), Map.of("id", last));
    };
  }

  private static @Nullable HttpJsonRoute config(@Nullable String tenant, List<String> path) {
    String task = path.get(1);
    if (path.size() == 3) {
      return new HttpJsonRoute(
          tenant,
          Map.of("GET", A2aOperation.LIST_PUSH, "POST", A2aOperation.CREATE_PUSH),
          Map.of("taskId", task));
    }
    return path.size() == 4
        ? new HttpJsonRoute(
            tenant,
            Map.of("GET", A2aOperation.GET_PUSH, "DELETE", A2aOperation.DELETE_PUSH),
            Map.of("taskId", task, "id", path.get(3)))
        : null;
  }
}
