package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.CallReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that says what was decided about calls, such as a retry; the call log has a line for
 * each.
 *
 * @see io.gild.core.Events#subscribeDecisions
 */
@Experimental
public interface Decision extends Event {

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

  /**
   * Returns the call that it is about.
   *
   * @return the call, or {@code null} if the decision is not about a single one
   */
  default @Nullable CallReference call() {
    return null;
  }
}
