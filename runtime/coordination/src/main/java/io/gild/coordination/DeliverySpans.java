package io.gild.coordination;

import io.gild.core.TracedWork;
import io.gild.core.WorkTraces;
import io.gild.core.spi.WorkTracer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each delivery to the handlers of a subscription, below the sender's span. That of
 * a message that is delivered again in this JVM is linked to the span of its first delivery.
 * Thread-safe.
 */
final class DeliverySpans {

  /** Messages whose redelivery another JVM gets stay until they are pushed out. */
  private static final int MOST = 1_000;

  private static final String TRACEPARENT = "traceparent";

  private final WorkTraces traces;
  private final Subscription subscription;
  private final Map<String, List<String>> first =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
          return size() > MOST;
        }
      };

  DeliverySpans(WorkTraces traces, Subscription subscription) {
    this.traces = traces;
    this.subscription = subscription;
  }

  /** A delivery that is handled on the current thread. */
  final class Handled {

    private final String message;
    private final WorkTracer.Traced traced;
    private final Runnable leave;

    private Handled(String message, WorkTracer.Traced traced, Runnable leave) {
      this.message = message;
      this.traced = traced;
      this.leave = leave;
    }

    /**
     * Ends the span.
     *
     * @param again whether the message may be delivered again
     */
    void ended(@Nullable Throwable failure, boolean again) {
      List<String> context = again ? traces.context() : List.of();
      leave.run();
      traced.ended(failure == null ? null : failure.getClass().getName());
      synchronized (first) {
        if (!again) {
          first.remove(message);
        } else if (!context.isEmpty()) {
          first.putIfAbsent(message, context);
        }
      }
    }
  }

  Handled begin(Envelope envelope, int number) {
    Runnable remove = traces.continued(name -> header(envelope, name));
    WorkTracer.Traced traced = traces.begin(work(envelope, number));
    Runnable leave = traced.enter();
    return new Handled(
        envelope.id(),
        traced,
        () -> {
          leave.run();
          remove.run();
        });
  }

  private TracedWork work(Envelope envelope, int number) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("messaging.operation.name", "process");
    attributes.put("messaging.operation.type", "process");
    attributes.put("messaging.system", "gild");
    attributes.put("messaging.destination.name", envelope.topic());
    attributes.put("messaging.destination.subscription.name", subscription.name());
    attributes.put("messaging.message.id", envelope.id());
    attributes.put("gild.delivery.number", (long) number);
    return TracedWork.of("process " + subscription.name(), attributes).linkedTo(first(envelope));
  }

  private List<String> first(Envelope envelope) {
    synchronized (first) {
      return first.getOrDefault(envelope.id(), List.of());
    }
  }

  private static @Nullable String header(Envelope envelope, String name) {
    return name.equals(TRACEPARENT)
        ? envelope.traceparent()
        : envelope.headers().get(name) instanceof String text ? text : null;
  }
}
