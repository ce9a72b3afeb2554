package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * What is known about one memory and a query. A signal that is not known is 0.
 *
 * @param text the query's words in the memory: {@link io.gild.vectors.TextMatch#share}; 0 to 1
 * @param similarity how much nearer the memory's vector is to the query than others: {@link
 *     SimilarityFloor#margin}; 0 to 1
 * @param session the query's words in the whole session: {@link io.gild.vectors.TextMatch#share} of
 *     an index of sessions; 0 to 1
 * @param question whether the memory ends as a question
 * @param named whether the query has a name that is in the metadata of the memory, such as its
 *     author
 * @param age the time since the memory was made; zero or more
 * @param importance how important the memory is; 0 to 1
 */
@Experimental
public record RecallSignals(
    double text,
    double similarity,
    double session,
    boolean question,
    boolean named,
    Duration age,
    double importance) {

  /** Checks the values. */
  public RecallSignals {
    Require.between(0, 1, text, "text");
    Require.between(0, 1, similarity, "similarity");
    Require.between(0, 1, session, "session");
    Require.notNegative(age, "age");
    Require.between(0, 1, importance, "importance");
  }
}
