package io.gild.anomalies;

import io.gild.config.Experimental;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something unusual about an agent; it holds no prompt and no answer.
 *
 * @param agent name of the agent
 * @param method name of its method
 * @param version version of the agent; empty if unversioned
 * @param signal what is unusual
 * @param since when the flag was raised
 * @param until when it ended; {@code null} if it has not
 * @param usual what is usual: seconds, US dollars, tokens, or a share of 0 to 1
 * @param found what was found instead, in the same unit
 * @param words the reason in words
 */
@Experimental
public record AnomalyFlag(
    String agent,
    String method,
    String version,
    Signal signal,
    Instant since,
    @Nullable Instant until,
    double usual,
    double found,
    String words) {

  Map<String, ?> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("signal", signal.key());
    facts.put("usual", usual);
    facts.put("found", found);
    return facts;
  }

  AnomalyFlag ended(Instant end) {
    return new AnomalyFlag(agent, method, version, signal, since, end, usual, found, words);
  }
}
