package io.gild.twin;

import io.gild.config.Usage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as it was recorded, ready to be repeated.
 *
 * @param number its number among the calls of the agent, from 1
 * @param method such as {@code com.acme.Desk#answer}
 * @param arguments its arguments; one that the recording does not hold equals only itself
 * @param answer the answer; {@code null} if it failed
 * @param failure why it failed; {@code null} if it did not
 * @param at when it began; {@code null} if that was not recorded
 * @param millis how long it took; zero or more
 * @param requests the requests to models within it
 */
record RecordedCall(
    int number,
    String method,
    List<@Nullable Object> arguments,
    @Nullable Object answer,
    @Nullable String failure,
    @Nullable Instant at,
    long millis,
    List<Request> requests) {

  /**
   * A request to a model.
   *
   * @param model the model that answered
   * @param usage its tokens
   */
  record Request(String model, Usage usage) {}
}
