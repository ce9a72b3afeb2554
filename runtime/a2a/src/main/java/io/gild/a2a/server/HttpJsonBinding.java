package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aFields;
import io.gild.a2a.A2aVersion;
import io.gild.config.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The binding {@code HTTP+JSON} of version 1.0. */
final class HttpJsonBinding {

  private final CallerReader callers;
  private final boolean revised;

  /**
   * Creates the binding.
   *
   * @param revised whether it answers with the status codes of specification 1.0.1
   */
  HttpJsonBinding(CallerReader callers, boolean revised) {
    this.callers = callers;
    this.revised = revised;
  }

  /**
   * Handles a request.
   *
   * @param segments the path below that of the agent
   */
  void handle(
      AgentOperations operations, List<String> segments, WebRequest request, WebAnswer answer) {
    Reply reply = new Reply(answer, revised);
    try {
      HttpJsonRoute route = HttpJsonRoute.of(segments);
      if (route == null) {
        throw new A2aException(
            A2aErrorCode.METHOD_NOT_FOUND, "there is nothing at " + request.path());
      }
      A2aOperation operation = route.operations().get(request.method());
      if (operation == null) {
        String allowed = String.join(", ", route.operations().keySet());
        answer.send(
            405,
            Map.of("Allow", allowed, "Content-Type", "text/plain"),
            "The method must be " + allowed + ".");
        return;
      }
      A2aCaller caller = callers.inTenant(caller(request), route.tenant());
      Map<String, Object> params = params(request);
      params.putAll(route.params());
      A2aFields fields = A2aFields.of(params, "");
      operations.run(
          operation, callers.inTenant(caller, fields.textOrNull("tenant")), fields, reply);
    } catch (A2aException failure) {
      reply.failed(failure);
    } catch (IllegalArgumentException invalid) {
      reply.failed(
          new A2aException(
              A2aErrorCode.INVALID_PARAMS, String.valueOf(invalid.getMessage()), invalid));
    }
  }

  private A2aCaller caller(WebRequest request) {
    A2aCaller caller = callers.caller(request);
    if (!caller.named()) {
      return caller.with(A2aVersion.V1_0); // these paths are of 1.0 alone
    }
    if (caller.version() != A2aVersion.V1_0) {
      throw new A2aException(
          A2aErrorCode.VERSION_NOT_SUPPORTED,
          "HTTP+JSON is spoken in A2A 1.0 here; send the header A2A-Version: 1.0, or speak JSON-RPC"
              + " in 0.3");
    }
    return caller;
  }

  private static Map<String, Object> params(WebRequest request) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.putAll(request.parameters());
    if (request.tooLarge()) {
      throw Bodies.tooLarge();
    }
    if (request.body().length == 0) {
      return params;
    }
    if (!Bodies.isJson(request)) {
      throw new A2aException(
          A2aErrorCode.CONTENT_TYPE_NOT_SUPPORTED,
          "the header Content-Type must be application/json, but is "
              + request.header("Content-Type"));
    }
    Object json;
    try {
      json = Json.read(request.text());
    } catch (IllegalArgumentException invalid) {
      throw new A2aException(
          A2aErrorCode.PARSE_ERROR, "Invalid JSON payload: " + invalid.getMessage(), invalid);
    }
    if (!(json instanceof Map<?, ?> object)) {
      throw new A2aException(A2aErrorCode.INVALID_REQUEST, "the body must be a JSON object");
    }
    object.forEach((name, value) -> params.put(String.valueOf(name), value));
    return params;
  }

  private static final class Reply implements OperationReply {

    private final WebAnswer answer;
    private final boolean revised;

    Reply(WebAnswer answer, boolean revised) {
      this.answer = answer;
      this.revised = revised;
    }

    @Override
    public void result(String json) {
      answer.send(200, WebAnswer.JSON, json);
    }

    @Override
    public void failed(A2aException failure) {
      A2aErrorCode code = A2aErrors.code(failure);
      Map<String, String> headers = new LinkedHashMap<>(WebAnswer.JSON);
      Bodies.addHeaders(code, headers);
      answer.send(
          code.httpStatus(revised), headers, Json.write(A2aErrors.httpJson(failure, revised)));
    }

    @Override
    public Stream stream() {
      return new SseStream(answer.stream(), json -> json);
    }
  }
}
