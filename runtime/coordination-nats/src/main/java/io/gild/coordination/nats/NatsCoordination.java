package io.gild.coordination.nats;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import io.gild.config.Section;
import java.util.Map;

/**
 * The messages that are kept in NATS.
 *
 * @param nats where NATS is
 */
@Experimental
public record NatsCoordination(NatsBrokerOptions nats) {

  /** A part of the section {@code coordination}. */
  public static final Section<NatsCoordination> SECTION =
      Section.of("coordination", NatsCoordination.class)
          .defaults(
              PolicyTree.of(
                  Map.of(
                      "nats",
                      Map.of(
                          "url",
                          "nats://localhost:4222",
                          "timeout",
                          "5s",
                          "prefix",
                          "gild",
                          "replicas",
                          1L))));
}
