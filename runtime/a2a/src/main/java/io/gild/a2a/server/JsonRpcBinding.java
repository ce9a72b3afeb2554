package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aFields;
import io.gild.a2a.A2aVersion;
import io.gild.config.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The binding {@code JSONRPC}, in both versions. */
final class JsonRpcBinding {

  private final CallerReader callers;

  JsonRpcBinding(CallerReader callers) {
    this.callers = callers;
  }

  void handle(AgentOperations operations, WebRequest request, WebAnswer answer) {
    Reply reply = new Reply(answer, null);
    try {
      A2aCaller caller = callers.caller(request);
      checkBody(request);
      Map<?, ?> call = read(request.text());
      reply = new Reply(answer, id(call));
      String method = method(call);
      if (!caller.named() && A2aOperation.of(method, false) != null) {
        caller = caller.with(A2aVersion.V1_0); // the method is of 1.0 alone
      }
      A2aOperation operation = operation(method, caller);
      A2aFields params = params(call);
      operations.run(
          operation, callers.inTenant(caller, params.textOrNull("tenant")), params, reply);
    } catch (A2aException failure) {
      reply.failed(failure);
    } catch (IllegalArgumentException invalid) {
      reply.failed(
          new A2aException(
              A2aErrorCode.INVALID_PARAMS, String.valueOf(invalid.getMessage()), invalid));
    }
  }

  private static void checkBody(WebRequest request) {
    if (request.tooLarge()) {
      throw Bodies.tooLarge();
    }
    if (!Bodies.isJson(request)) {
      throw new A2aException(
          A2aErrorCode.CONTENT_TYPE_NOT_SUPPORTED,
          "the header Content-Type must be application/json, but is "
              + request.header("Content-Type"));
    }
  }

  private static Map<?, ?> read(String text) {
    Object json;
    try {
      json = Json.read(text);
    } catch (IllegalArgumentException invalid) {
      throw new A2aException(
          A2aErrorCode.PARSE_ERROR, "Invalid JSON payload: " + invalid.getMessage(), invalid);
    }
    if (json instanceof List<?>) {
      throw new A2aException(
          A2aErrorCode.INVALID_REQUEST, "A2A has no batches; send one request at a time");
    }
    if (json instanceof Map<?, ?> call) {
      return call;
    }
    throw new A2aException(
        A2aErrorCode.INVALID_REQUEST, "the request must be an object of JSON-RPC 2.0");
  }

  private static Object id(Map<?, ?> call) {
    Object id = call.get("id");
    if (id instanceof String || id instanceof Long || id instanceof BigDecimal) {
      return id;
    }
    throw new A2aException(
        A2aErrorCode.INVALID_REQUEST, "id must be a text or a number, but is " + Json.write(id));
  }

  private static String method(Map<?, ?> call) {
    if (!"2.0".equals(call.get("jsonrpc"))) {
      throw new A2aException(
          A2aErrorCode.INVALID_REQUEST,
          "jsonrpc must be \"2.0\", but is " + Json.write(call.get("jsonrpc")));
    }
    if (!(call.get("method") instanceof String method)) {
      throw new A2aException(
          A2aErrorCode.INVALID_REQUEST,
          "method must be a text, but is " + Json.write(call.get("method")));
    }
    return method;
  }

  private static A2aOperation operation(String method, A2aCaller caller) {
    A2aOperation operation = A2aOperation.of(method, caller.isOld());
    if (operation != null) {
      return operation;
    }
    String hint =
        A2aOperation.of(method, !caller.isOld()) == null
            ? ""
            : caller.isOld()
                ? "; it is one of A2A 1.0, which needs the header A2A-Version: 1.0"
                : "; it is one of A2A 0.3, which needs the header A2A-Version: 0.3 or none";
    throw new A2aException(
        A2aErrorCode.METHOD_NOT_FOUND,
        "A2A " + caller.version().text() + " has no method \"" + method + "\"" + hint);
  }

  private static A2aFields params(Map<?, ?> call) {
    Object params = call.get("params");
    return A2aFields.of(params == null ? Map.of() : params, "");
  }

  /** Answers with the id of the request. */
  private static final class Reply implements OperationReply {

    private final WebAnswer answer;
    private final String start;

    Reply(WebAnswer answer, @Nullable Object id) {
      this.answer = answer;
      this.start = "{\"jsonrpc\":\"2.0\",\"id\":" + Json.write(id);
    }

    @Override
    public void result(String json) {
      answer.send(200, WebAnswer.JSON, wrapped(json));
    }

    private String wrapped(String json) {
      return start + ",\"result\":" + json + "}";
    }

    @Override
    public void failed(A2aException failure) {
      A2aErrorCode code = A2aErrors.code(failure);
      Map<String, String> headers = new LinkedHashMap<>(WebAnswer.JSON);
      Bodies.addHeaders(code, headers);
      String error = Json.write(A2aErrors.jsonRpc(failure));
      answer.send(status(code), headers, start + ",\"error\":" + error + "}");
    }

    /** An error of JSON-RPC is a success of HTTP, except what intermediaries must know. */
    private static int status(A2aErrorCode code) {
      return switch (code) {
        case UNAUTHENTICATED, PERMISSION_DENIED, TOO_LARGE, UNAVAILABLE -> code.httpStatus(false);
        default -> 200;
      };
    }

    @Override
    public Stream stream() {
      WebStream stream = answer.stream();
      return new SseStream(stream, this::wrapped);
    }
  }
}
