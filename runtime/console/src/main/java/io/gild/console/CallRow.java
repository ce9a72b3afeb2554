package io.gild.console;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One recorded call or HTTP request, copied out of a recording. Not thread-safe. */
final class CallRow {

  /** What a row is about; the ordinals are those of the console's interface. */
  enum Kind {
    AGENT,
    MODEL,
    TOOL,
    EMBEDDING,
    HTTP,
    OTHER;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How it ended; the ordinals are those of the console's interface. */
  enum Outcome {
    SUCCESS,
    FAILURE,
    REFUSED,
    CANCELLED,
    RUNNING;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final int TOKEN_KINDS = TokenKind.values().length;
  static final int UNPRICED = 1;
  static final int SHADOW = 2;

  long sequence;
  long number;
  long parent;
  long root;
  long endMillis;
  long startNanos;
  long durationNanos;
  long nanoUsd;
  long ownNanoUsd;
  long waitedNanos;
  long inputTokens;
  long outputTokens;
  long traceHigh;
  long traceLow;
  long span;
  final int[] ownTokens = new int[TOKEN_KINDS];
  String agent = "";
  String method = "";
  String className = "";
  String version = "";
  @Nullable String model;
  @Nullable String provider;
  @Nullable String error;
  @Nullable String session;
  @Nullable String firstModel;
  @Nullable String lastModel;
  @Nullable String cache;
  int attempts;
  int httpAttempts;
  int modelCalls;
  int failedRequests;
  int status;
  int marks;
  int flags;
  Kind kind = Kind.OTHER;
  Outcome outcome = Outcome.SUCCESS;

  long startMillis() {
    return endMillis - durationNanos / 1_000_000;
  }

  boolean isOutermost() {
    return parent == 0 && kind != Kind.HTTP;
  }

  boolean isPriced() {
    return (flags & UNPRICED) == 0;
  }

  boolean isShadow() {
    return (flags & SHADOW) != 0;
  }

  Usage ownUsage() {
    return Usage.of(kind -> ownTokens[kind.ordinal()]);
  }

  boolean hasOwnTokens() {
    return Arrays.stream(ownTokens).anyMatch(tokens -> tokens > 0);
  }

  /** Returns the trace id, 32 hexadecimal digits; {@code null} if the call is in no trace. */
  @Nullable String trace() {
    return TraceIds.trace(traceHigh, traceLow);
  }

  /** Returns the id of the call's own span; {@code null} if it has none. */
  @Nullable String spanId() {
    return TraceIds.span(span);
  }

  /** Returns a copy that no one else changes. */
  CallRow copy() {
    CallRow copy = new CallRow();
    copy.set(this);
    return copy;
  }

  private void set(CallRow other) {
    sequence = other.sequence;
    number = other.number;
    parent = other.parent;
    root = other.root;
    endMillis = other.endMillis;
    startNanos = other.startNanos;
    durationNanos = other.durationNanos;
    nanoUsd = other.nanoUsd;
    ownNanoUsd = other.ownNanoUsd;
    waitedNanos = other.waitedNanos;
    inputTokens = other.inputTokens;
    outputTokens = other.outputTokens;
    traceHigh = other.traceHigh;
    traceLow = other.traceLow;
    span = other.span;
    System.arraycopy(other.ownTokens, 0, ownTokens, 0, TOKEN_KINDS);
    agent = other.agent;
    method = other.method;
    className = other.className;
    version = other.version;
    model = other.model;
    provider = other.provider;
    error = other.error;
    session = other.session;
    firstModel = other.firstModel;
    lastModel = other.lastModel;
    cache = other.cache;
    attempts = other.attempts;
    httpAttempts = other.httpAttempts;
    modelCalls = other.modelCalls;
    failedRequests = other.failedRequests;
    status = other.status;
    marks = other.marks;
    flags = other.flags;
    kind = other.kind;
    outcome = other.outcome;
  }
}
