package io.gild.orchestration;

import io.gild.a2a.A2aMessage;
import io.gild.coordination.Broker;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.nats.NatsBrokerOptions;
import io.gild.coordination.nats.NatsEngine;
import io.gild.core.spi.Clock;
import java.time.Duration;

/** A peer in a JVM of its own; one named fragile dies at its first award. */
final class PeerProcess {

  static final String TOPIC = "tasks.translate";

  private PeerProcess() {}

  static Broker open(String url) {
    return Broker.builder(
            new NatsEngine(NatsBrokerOptions.of(url), BrokerLimits.DEFAULT, Clock.SYSTEM))
        .closeTimeout(Duration.ofMillis(100))
        .build();
  }

  public static void main(String[] args) throws Exception {
    String name = args[1];
    try (Broker broker = open(args[0])) {
      BrokerPeer.join(
          broker,
          TOPIC,
          name,
          task -> Bid.of(Double.parseDouble(args[2])),
          task -> {
            if (name.equals("fragile")) {
              Runtime.getRuntime().halt(1);
            }
            return A2aMessage.ofAgent(task.text() + " by " + name);
          });
      System.out.println("ready");
      System.in.read(); // until the parent ends
    }
  }
}
