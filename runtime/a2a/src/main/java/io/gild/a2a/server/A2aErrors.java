package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes errors in the forms of both bindings. */
final class A2aErrors {

  private A2aErrors() {}

  static A2aErrorCode code(A2aException failure) {
    return failure.error() == null ? A2aErrorCode.INTERNAL_ERROR : failure.error();
  }

  /** The error object of JSON-RPC. */
  static Map<String, Object> jsonRpc(A2aException failure) {
    A2aErrorCode code = code(failure);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code.code());
    error.put("message", String.valueOf(failure.getMessage()));
    error.put("data", List.of(info(code)));
    return error;
  }

  /** The error object of HTTP+JSON. */
  static Map<String, Object> httpJson(A2aException failure, boolean revised) {
    A2aErrorCode code = code(failure);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code.httpStatus(revised));
    error.put("status", code.status());
    error.put("message", String.valueOf(failure.getMessage()));
    error.put("details", List.of(info(code)));
    return Map.of("error", error);
  }

  private static Map<String, Object> info(A2aErrorCode code) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("@type", "type.googleapis.com/google.rpc.ErrorInfo");
    info.put("reason", code.name());
    info.put("domain", A2aErrorCode.DOMAIN);
    return info;
  }
}
