package io.gild.libraries;

import io.gild.config.Json;
import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import io.gild.weaver.Foreign;
import io.gild.weaver.LibraryJar;
import io.gild.weaver.spi.ReplayDiverged;
import io.gild.weaver.spi.Tape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A model's method on a {@linkplain Tape tape}: its answer is recorded or replayed. */
final class TapedModel {

  private final LibraryMethods methods;
  private final Tape tape;
  private final ModelDialect dialect;
  private final LibraryMethod kind;
  private final @Nullable Object self;

  /** The exchange of the last attempt. */
  private volatile Tape.Exchange present = Tape.Exchange.NONE;

  TapedModel(
      LibraryMethods methods,
      Tape tape,
      ModelDialect dialect,
      LibraryMethod kind,
      @Nullable Object self) {
    this.methods = methods;
    this.tape = tape;
    this.dialect = dialect;
    this.kind = kind;
    this.self = self;
  }

  /** Makes a stream from a replay. */
  @FunctionalInterface
  interface Stream {
    @Nullable Object of(List<?> chunks) throws Throwable;
  }

  /** Returns whether the tape records or replays. */
  boolean turns() {
    return tape.turns();
  }

  /** Gets an answer synchronously. */
  @Nullable Object whole(@Nullable Object[] sent, Object librarySibling, Body method)
      throws Throwable {
    Tape.Exchange exchange = begin(sent);
    if (tape.replays()) {
      return response(exchange, librarySibling);
    }
    Object response = run(exchange, method, sent);
    answered(exchange, response);
    return response;
  }

  /** Gets an answer asynchronously. */
  @Nullable Object later(@Nullable Object[] sent, Object librarySibling, Body method)
      throws Throwable {
    Tape.Exchange exchange = begin(sent);
    if (tape.replays()) {
      return CompletableFuture.completedFuture(response(exchange, librarySibling));
    }
    Object stage = run(exchange, method, sent);
    if (stage instanceof CompletionStage<?> later) {
      later.whenComplete((response, failure) -> {
        if (failure == null) {
          answered(exchange, response);
        } else {
          exchange.failed(failure);
        }
      });
    }
    return stage;
  }

  /** Gets a stream. */
  @Nullable Object stream(
      @Nullable Object[] sent, Object librarySibling, Body method, Stream replayed)
      throws Throwable {
    Tape.Exchange exchange = begin(sent);
    present = exchange;
    if (!tape.replays()) {
      return run(exchange, method, sent);
    }
    playInner(exchange);
    List<Object> chunks = new ArrayList<>();
    for (Object chunk : exchange.chunks()) {
      chunks.add(taped().chunkFromPlain(librarySibling, chunk));
    }
    return replayed.of(chunks);
  }

  /**
   * Gets a stream for a handler.
   *
   * @return whether a replay has passed the whole stream to the handler
   */
  boolean handled(@Nullable Object[] sent, Object librarySibling, Object handler) throws Throwable {
    Tape.Exchange exchange = begin(sent);
    present = exchange;
    if (!tape.replays()) {
      return false;
    }
    Object response = response(exchange, librarySibling);
    for (Object chunk : exchange.chunks()) {
      Foreign.call(handler, "onPartialResponse", chunk);
    }
    if (response != null) {
      Foreign.call(handler, "onCompleteResponse", response);
    }
    return true;
  }

  private Tape.Exchange begin(@Nullable Object[] sent) {
    AgentCall call = AgentCall.current();
    TapedDialect known = dialect.taped();
    if (known == null) {
      return unknown(call);
    }
    Map<String, ?> request;
    try {
      request = known.plainRequest(self, sent);
    } catch (Throwable fault) {
      if (tape.replays()) {
        throw new ReplayDiverged(
            agentOf(call), "replay: " + kind + " cannot be replayed: " + fault);
      }
      GildLog.faultOnce("Recording requests of " + kind.className(), fault);
      return Tape.Exchange.NONE;
    }
    String library = self == null ? "" : LibraryJar.of(self.getClass());
    return tape.begin(
        call, new Tape.Asked(true, kind.className() + "." + kind.name(), library, request));
  }

  private Tape.Exchange unknown(@Nullable AgentCall call) {
    String method = kind.className() + "#" + kind.name();
    if (tape.replays()) {
      throw new ReplayDiverged(
          agentOf(call), "replay: Gild does not record " + method + ", so it cannot replay it");
    }
    GildLog.infoOnce(
        "record: Gild does not record "
            + method
            + "; its calls are sent, the cassette lacks them, and a replay refuses them.");
    return Tape.Exchange.NONE;
  }

  /** Returns the dialect of an exchange in progress. */
  private TapedDialect taped() {
    return Objects.requireNonNull(dialect.taped());
  }

  private static String agentOf(@Nullable AgentCall call) {
    return call == null ? "" : call.method().spec().agent();
  }

  private static @Nullable Object run(Tape.Exchange exchange, Body method, @Nullable Object[] sent)
      throws Throwable {
    try {
      return method.run(sent);
    } catch (Throwable failure) {
      exchange.failed(failure);
      throw failure;
    }
  }

  private void answered(Tape.Exchange exchange, @Nullable Object response) {
    if (exchange == Tape.Exchange.NONE) {
      return;
    }
    try {
      if (response == null) {
        exchange.answered(null);
        return;
      }
      ReadAnswer answer = dialect.read(response);
      exchange.tokens(answer.usage().inputTokens(), answer.usage().outputTokens());
      exchange.answered(taped().plain(response));
    } catch (Throwable fault) {
      GildLog.faultOnce("Recording answers of " + kind.className(), fault);
    }
  }

  private @Nullable Object response(Tape.Exchange exchange, Object librarySibling)
      throws Throwable {
    playInner(exchange);
    Object response = exchange.response();
    return response == null ? null : taped().fromPlain(librarySibling, response);
  }

  /** Shows watchers the tools that the library ran within its model's call. */
  private void playInner(Tape.Exchange exchange) {
    List<Tape.Asked> inner = exchange.inner();
    for (int i = 0; i < inner.size(); i++) {
      Tape.Asked tool = inner.get(i);
      Object input = tool.request().get("arguments");
      GovernedMethod method =
          methods.get(
              LibraryMethod.tool(tool.api(), String.valueOf(tool.request().get("tool"))), null);
      int index = i;
      try {
        if (method != null) {
          method.call(
              null,
              given -> exchange.innerResponse(index),
              input instanceof Map<?, ?> ? Json.write(input) : input);
        }
      } catch (Tape.RecordedFailure failed) {
        // The model received the failure and continued.
      }
    }
  }

  /** Records the stream of an attempt that is about to begin. */
  Recording listen() {
    return new Recording();
  }

  /** The recording of one attempt's stream. */
  final class Recording {

    private Tape.@Nullable Exchange exchange;

    private Tape.Exchange exchange() {
      Tape.Exchange known = exchange;
      if (known == null) {
        known = present;
        exchange = known;
      }
      return known;
    }

    /** Adds a chunk. */
    void chunk(Object chunk) {
      if (turns() && !tape.replays() && exchange() != Tape.Exchange.NONE) {
        try {
          exchange().chunk(taped().plainChunk(chunk));
        } catch (Throwable fault) {
          GildLog.faultOnce("Recording streams of " + kind.className(), fault);
        }
      }
    }

    /** Records the end of a stream whose only end is its last chunk. */
    void completed(ReadAnswer answer) {
      exchange().tokens(answer.usage().inputTokens(), answer.usage().outputTokens());
      exchange().completed();
    }

    /** Records the answer that ends a stream. */
    void answered(@Nullable Object response) {
      if (turns()) {
        TapedModel.this.answered(exchange(), response);
      }
    }

    void failed(Throwable failure) {
      exchange().failed(failure);
    }
  }
}
