package io.gild.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Serves one chat request: first its fault, then the answer with its latency. */
final class ChatExchange {

  private final Conduct conduct;
  private final WireFormat format;
  private final WireResponse response;
  private final RequestLog.Entry entry;

  ChatExchange(Conduct conduct, WireFormat format, WireResponse response, RequestLog.Entry entry) {
    this.conduct = conduct;
    this.format = format;
    this.response = response;
    this.entry = entry;
  }

  void serve(JsonNode body, ModelRequest request) throws IOException {
    entry.asked(request.model(), request.stream(), Hashes.of(request.promptText()));
    Fault fault = conduct.faultOf(request.model(), entry.sequence());
    entry.failing(fault);
    if (Misfortune.strikes(fault, conduct, format, response, entry)) {
      return;
    }
    Completion completion;
    try {
      completion = answer(request);
    } catch (RuntimeException e) {
      entry.completed(500);
      response.send(500, "application/json", format.error(500, "Answerer: " + e), Map.of());
      return;
    }
    if (request.stream()) {
      stream(fault, completion, format.frames(completion, body));
    } else {
      send(fault, completion);
    }
  }

  private Completion answer(ModelRequest request) {
    ModelAnswer answer = conduct.answerer().answer(request);
    return Completion.of(entry.sequence(), request, answer.within(request.maxTokens()));
  }

  private void send(Fault fault, Completion completion) throws IOException {
    Pace pace = new Pace(entry.arrivalNanos());
    pace.step(untilFirstToken(completion));
    pace.step(betweenTokens(completion).multipliedBy(completion.completionTokens()));
    entry.billed(completion.promptTokens(), completion.completionTokens());
    entry.completed(200);
    String whole = format.whole(completion);
    switch (fault) {
      case CUT_STREAM -> response.sendHalf("application/json", whole);
      case STALL_STREAM -> response.stallHalf("application/json", whole, conduct.stall());
      case MALFORMED_EVENT ->
          response.send(200, "application/json", whole.substring(0, whole.length() / 2), Map.of());
      default ->
          response.send(
              200,
              "application/json",
              whole,
              format.headers(completion.promptTokens(), completion.completionTokens()));
    }
  }

  private void stream(Fault fault, Completion completion, Frames frames) throws IOException {
    Pace pace = new Pace(entry.arrivalNanos());
    Duration between = betweenTokens(completion);
    int half = frames.tokens().size() / 2;
    response.startStream(format.streamType());
    pace.step(untilFirstToken(completion));
    writeAll(frames.opening());
    for (int i = 0; i < frames.tokens().size(); i++) {
      if (i == half && fault == Fault.CUT_STREAM) {
        entry.billed(completion.promptTokens(), Math.min(half, completion.completionTokens()));
        entry.completed(200);
        response.cut();
        return;
      }
      if (i == half && fault == Fault.MALFORMED_EVENT) {
        write(format.malformedFrame());
      }
      pace.step(between);
      write(frames.tokens().get(i));
      if (i + 1 == Math.max(1, half) && fault == Fault.STALL_STREAM) {
        response.stall(conduct.stall());
        entry.billed(completion.promptTokens(), Math.min(i + 1, completion.completionTokens()));
        entry.completed(200);
        return;
      }
    }
    entry.billed(completion.promptTokens(), completion.completionTokens());
    entry.completed(200);
    writeAll(frames.closing());
    response.endStream();
  }

  private void writeAll(List<String> frames) throws IOException {
    for (String frame : frames) {
      write(frame);
    }
  }

  private void write(String frame) throws IOException {
    response.write(frame, format.streamCharset());
  }

  private Duration untilFirstToken(Completion completion) {
    return latencyOf(completion).untilFirstToken(conduct.seed(), entry.sequence());
  }

  private Duration betweenTokens(Completion completion) {
    return latencyOf(completion).betweenTokens(conduct.seed(), entry.sequence());
  }

  private Latency latencyOf(Completion completion) {
    return conduct.latencyOf(completion.request().model());
  }
}
