package io.gild.coordination.nats;

import io.gild.core.GildLog;
import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.support.Status;
import java.io.IOException;
import java.time.Duration;

/** A connection to NATS that connects again for ever. */
final class NatsLink implements AutoCloseable {

  /** The first version with all that the broker uses. */
  static final String OLDEST = "2.9.0";

  private static final Duration RECONNECT_WAIT = Duration.ofMillis(250);
  private static final int LARGEST_HEADERS = 16 << 10;

  private final NatsBrokerOptions options;
  private final Connection connection;
  private final JetStream jetStream;
  private final JetStreamManagement management;

  NatsLink(NatsBrokerOptions options) {
    this.options = options;
    try {
      connection = Nats.connect(connectOptions(options));
    } catch (IOException failure) {
      throw new NatsException( // without the cause, whose message has user and password
          "Cannot connect to NATS at %s: %s. Start the server, or correct coordination.nats.url."
              .formatted(
                  options.place(),
                  NatsBrokerOptions.withoutSecrets(String.valueOf(failure.getMessage()))));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new NatsException("Interrupted while it connected to NATS", interrupted);
    }
    try {
      requireVersion();
      JetStreamOptions timeouts =
          JetStreamOptions.builder().requestTimeout(options.timeout()).build();
      jetStream = connection.jetStream(timeouts);
      management = connection.jetStreamManagement(timeouts);
    } catch (IOException failure) {
      close();
      throw new NatsException("Cannot use JetStream at " + options.place(), failure);
    } catch (NatsException unfit) {
      close();
      throw unfit;
    }
  }

  private static Options connectOptions(NatsBrokerOptions options) {
    return new Options.Builder()
        .servers(options.url().split("\\s*,\\s*"))
        .connectionTimeout(options.timeout())
        .maxReconnects(-1)
        .reconnectWait(RECONNECT_WAIT)
        .reportNoResponders()
        .connectionName("gild")
        .errorListener(new Listener(options.place()))
        .build();
  }

  /** Servers accept settings that they do not know, so what is needed is asked by the version. */
  private void requireVersion() {
    String version = connection.getServerInfo().getVersion();
    if (connection.getServerInfo().isOlderThanVersion(OLDEST)) {
      throw new NatsException(
          "The NATS server at %s has version %s, but at least %s is needed: update it"
              .formatted(options.place(), version, OLDEST));
    }
    if (!connection.getServerInfo().isJetStreamAvailable()) {
      throw new NatsException(
          "The NATS server at "
              + options.place()
              + " runs without JetStream: start it with --jetstream");
    }
  }

  NatsBrokerOptions options() {
    return options;
  }

  Connection connection() {
    return connection;
  }

  JetStream jetStream() {
    return jetStream;
  }

  JetStreamManagement management() {
    return management;
  }

  /** Returns the longest message that leaves room for headers. */
  long maxMessageBytes() {
    return connection.getMaxPayload() - LARGEST_HEADERS;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Logs in Gild's own log; the client's own listener starts java.util.logging. */
  private static final class Listener implements ErrorListener {

    private final String place;

    Listener(String place) {
      this.place = place;
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
      GildLog.infoOnce("NATS at " + place + " reports: " + NatsBrokerOptions.withoutSecrets(error));
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception failure) {
      GildLog.infoOnce(
          "The connection to NATS at %s failed: %s"
              .formatted(place, NatsBrokerOptions.withoutSecrets(failure.toString())));
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
      GildLog.infoOnce("NATS at " + place + " sends faster than replies are handled");
    }

    @Override
    public void messageDiscarded(Connection connection, Message message) {
      GildLog.infoOnce("A message to NATS at " + place + " was discarded by its client");
    }

    @Override
    public void pullStatusWarning(
        Connection connection, JetStreamSubscription subscription, Status status) {
      // a pull that ended without a message
    }
  }
}
