package io.gild.a2a;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/** An error of the protocol, or of JSON-RPC below it. */
@Experimental
public enum A2aErrorCode {
  /** The task is unknown, or belongs to another tenant. */
  TASK_NOT_FOUND(-32001, 404, 404, "NOT_FOUND"),
  /** The task has ended. */
  TASK_NOT_CANCELABLE(-32002, 409, 400, "FAILED_PRECONDITION"),
  /** The agent pushes no events. */
  PUSH_NOTIFICATION_NOT_SUPPORTED(-32003, 400, 400, "UNIMPLEMENTED"),
  /** The agent does not do that. */
  UNSUPPORTED_OPERATION(-32004, 400, 400, "UNIMPLEMENTED"),
  /** The agent does not accept a media type. */
  CONTENT_TYPE_NOT_SUPPORTED(-32005, 415, 400, "INVALID_ARGUMENT"),
  /** The agent's answer breaks the protocol. */
  INVALID_AGENT_RESPONSE(-32006, 502, 500, "INTERNAL"),
  /** The agent has no extended card. */
  EXTENDED_AGENT_CARD_NOT_CONFIGURED(-32007, 400, 400, "FAILED_PRECONDITION"),
  /** The client does not support an extension that the agent requires. */
  EXTENSION_SUPPORT_REQUIRED(-32008, 400, 400, "FAILED_PRECONDITION"),
  /** The version of the protocol is not spoken there. */
  VERSION_NOT_SUPPORTED(-32009, 400, 400, "UNIMPLEMENTED"),
  /** The text is not JSON. */
  PARSE_ERROR(-32700, 400, 400, "INVALID_ARGUMENT"),
  /** The JSON is not a request. */
  INVALID_REQUEST(-32600, 400, 400, "INVALID_ARGUMENT"),
  /** The method or resource is unknown. */
  METHOD_NOT_FOUND(-32601, 404, 404, "NOT_FOUND"),
  /** The parameters do not fit. */
  INVALID_PARAMS(-32602, 400, 400, "INVALID_ARGUMENT"),
  /** Something failed in the server. */
  INTERNAL_ERROR(-32603, 500, 500, "INTERNAL"),
  /** The credentials are absent or wrong. */
  UNAUTHENTICATED(-32010, 401, 401, "UNAUTHENTICATED"),
  /** The credentials do not allow that. */
  PERMISSION_DENIED(-32011, 403, 403, "PERMISSION_DENIED"),
  /** The request is too large. */
  TOO_LARGE(-32012, 413, 413, "INVALID_ARGUMENT"),
  /** The server has too much to do; the request can be sent again later. */
  UNAVAILABLE(-32013, 503, 503, "UNAVAILABLE");

  /** The domain of the reasons. */
  public static final String DOMAIN = "a2a-protocol.org";

  private final int code;
  private final int httpStatus;
  private final int revisedHttpStatus;
  private final String status;

  A2aErrorCode(int code, int httpStatus, int revisedHttpStatus, String status) {
    this.code = code;
    this.httpStatus = httpStatus;
    this.revisedHttpStatus = revisedHttpStatus;
    this.status = status;
  }

  /**
   * Returns the code of JSON-RPC.
   *
   * @return such as -32001; those below -32009 are Gild's own
   */
  public int code() {
    return code;
  }

  /**
   * Returns the HTTP status of the binding {@code HTTP+JSON}.
   *
   * @param revised whether it is that of specification 1.0.1, which differs in three places
   * @return 400 or more
   */
  public int httpStatus(boolean revised) {
    return revised ? revisedHttpStatus : httpStatus;
  }

  /**
   * Returns the status in the names of {@code google.rpc.Code}.
   *
   * @return such as {@code NOT_FOUND}
   */
  public String status() {
    return status;
  }

  /**
   * Returns whether the error is the protocol's own and carries a reason.
   *
   * @return whether its code is from -32001 to -32009
   */
  public boolean hasReason() {
    return code <= -32001 && code >= -32009;
  }

  /**
   * Returns the error with a code.
   *
   * @param code the code of JSON-RPC
   * @return the error, or {@code null} if the code is unknown
   */
  public static @Nullable A2aErrorCode of(int code) {
    for (A2aErrorCode each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    return null;
  }
}
