package io.gild.coordination;

import io.gild.coordination.spi.EncodedEnvelope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The messages that a handler publishes: accepted in the same step in which its own one ends. */
final class OutputMessages {

  private final QueueDispatcher dispatcher;
  private final List<EncodedEnvelope> outputs;
  private final List<QueueState.Accepted> accepted = new ArrayList<>();

  OutputMessages(QueueDispatcher dispatcher, List<EncodedEnvelope> outputs) {
    this.dispatcher = dispatcher;
    this.outputs = outputs;
  }

  /** Writes dead letters first: if the JVM dies now, they are written again under the same id. */
  void buryThoseWithoutQueue() {
    List<EncodedEnvelope> orphans = new ArrayList<>();
    if (!outputs.isEmpty()) {
      dispatcher.change(() ->
          outputs.stream()
              .filter(each -> QueueLetters.mustArrive(each.envelope()))
              .filter(each -> dispatcher.state().targets(each.envelope().topic()).isEmpty())
              .forEach(orphans::add));
    }
    if (!orphans.isEmpty()) {
      Instant now = dispatcher.clock().now();
      dispatcher
          .letters()
          .add(orphans.stream().map(each -> QueueLetters.withoutQueue(each, now)).toList());
    }
  }

  /** Reserves their room, beyond the limits if need be, and returns their lines for the log. */
  List<Object> reserve() {
    QueueState state = dispatcher.state();
    Instant now = dispatcher.clock().now();
    List<Object> lines = new ArrayList<>();
    for (EncodedEnvelope output : outputs) {
      String key = EnvelopeKeys.once(output.envelope());
      List<SubscriptionQueue> targets = state.targets(output.envelope().topic());
      if (!targets.isEmpty() && !state.seen().contains(key, now)) {
        QueuedMessage message = QueuedMessage.of(state.nextNumber(), key, now, output);
        QueueState.Accepted one = state.reserve(message, targets);
        accepted.add(one);
        lines.add(LogLines.accepted(message, one.names()));
      }
    }
    return lines;
  }

  void enter() {
    accepted.forEach(dispatcher::enter);
  }

  void cancel() {
    accepted.forEach(dispatcher.state()::cancel);
  }
}
