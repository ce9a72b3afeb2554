package io.gild.core.spi;

import io.gild.config.Experimental;
import java.util.Map;

/**
 * An event that says what was decided about calls, such as a retry; the call log has a line for
 * each.
 *
 * @see io.gild.core.Events#subscribeDecisions
 */
@Experimental
public interface DecisionEvent extends Event {

  /**
   * Returns what was decided.
   *
   * @return a word of lower case letters with underscores, such as {@code cache_hit}
   */
  String code();

  /**
   * Returns more about it.
   *
   * @return texts, numbers and truth values by name, in a stable order; neither prompts nor answers
   */
  Map<String, ?> facts();
}
