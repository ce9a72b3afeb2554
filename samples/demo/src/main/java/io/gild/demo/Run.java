package io.gild.demo;

import io.gild.testkit.LoggedRequest;
import java.util.List;

/**
 * A finished run of the agent over the workload.
 *
 * @param replies the agent's answers, in the order of the questions
 * @param log the provider's requests; empty for a real provider
 * @param gild Gild's report
 * @param seconds from the start of the process to its end
 */
record Run(
    String label, List<Reply> replies, List<LoggedRequest> log, GildReport gild, double seconds) {

  Run {
    replies = List.copyOf(replies);
    log = List.copyOf(log);
  }
}
