package io.gild.coordination.nats;

import io.gild.coordination.BrokerFullException;
import io.gild.coordination.CoordinationException;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Turns failures of NATS into those of the broker: what failed, and what to do. */
final class NatsFailures {

  private static final int STREAM_NOT_FOUND = 10059;
  private static final int CONSUMER_NOT_FOUND = 10014;
  private static final int MESSAGE_NOT_FOUND = 10037;

  private NatsFailures() {}

  /** A call to the server. */
  interface Call<T extends @Nullable Object> {
    T run() throws IOException, JetStreamApiException, InterruptedException, TimeoutException;
  }

  /** Makes a call; its failure names what it was for. */
  static <T extends @Nullable Object> T call(String what, Call<T> call) {
    try {
      return call.run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CoordinationException("Interrupted while it had to " + what, interrupted);
    } catch (IOException
        | JetStreamApiException
        | TimeoutException
        | IllegalStateException failure) {
      throw of(what, failure);
    }
  }

  static CoordinationException of(String what, Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof JetStreamApiException && message.contains("maximum ")) {
      return new BrokerFullException(
          "NATS holds as many messages as its stream may ("
              + message
              + "): add consumers, publish more slowly, or raise the limits of the stream");
    }
    if (failure instanceof JetStreamApiException && isInsufficient(message)) {
      return new CoordinationException(
          "Cannot "
              + what
              + ": NATS has no storage left ("
              + message
              + "): raise its max_file_store",
          failure);
    }
    return new CoordinationException(
        "Cannot %s: %s. Check that the NATS server runs with JetStream and can be reached."
            .formatted(what, message),
        failure);
  }

  private static boolean isInsufficient(String message) {
    return message.toLowerCase(Locale.ROOT).contains("insufficient");
  }

  /** Returns whether the stream or the consumer is gone. */
  static boolean isGone(Throwable failure) {
    return failure instanceof JetStreamApiException api
        && (api.getApiErrorCode() == STREAM_NOT_FOUND
            || api.getApiErrorCode() == CONSUMER_NOT_FOUND);
  }

  static boolean isNoMessage(JetStreamApiException failure) {
    return failure.getApiErrorCode() == MESSAGE_NOT_FOUND;
  }
}
