package io.gild.demo;

import io.gild.testkit.LoggedRequest;
import java.util.List;

/**
 * A finished run of the agent over the workload.
 *
 * @param replies what the agent answered, in the order of the questions
 * @param log what the provider was asked; empty if it was a real one
 * @param gild what Gild reported
 * @param seconds from the start of the process to its end
 */
record Run(
    String label, List<Reply> replies, List<LoggedRequest> log, GildReport gild, double seconds) {

  Run {
    replies = List.copyOf(replies);
    log = List.copyOf(log);
  }
}
