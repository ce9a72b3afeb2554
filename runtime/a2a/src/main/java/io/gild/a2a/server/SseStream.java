package io.gild.a2a.server;

import java.util.function.UnaryOperator;

/** Sends results as events, each in the form of its binding. */
final class SseStream implements OperationReply.Stream {

  private final WebStream stream;
  private final UnaryOperator<String> form;

  SseStream(WebStream stream, UnaryOperator<String> form) {
    this.stream = stream;
    this.form = form;
  }

  @Override
  public void send(String json, boolean last) {
    stream.send(form.apply(json), last);
  }

  @Override
  public void onClose(Runnable closing) {
    stream.onClose(closing);
  }

  @Override
  public void end() {
    stream.end();
  }
}
