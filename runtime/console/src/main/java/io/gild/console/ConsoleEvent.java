package io.gild.console;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Events as a stream of {@code text/event-stream} has them. */
final class ConsoleEvent {

  private static final AtomicLong NUMBERS = new AtomicLong();

  private ConsoleEvent() {}

  static byte[] of(String event, String json) {
    String text =
        "id: " + NUMBERS.incrementAndGet() + "\nevent: " + event + "\ndata: " + json + "\n\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
