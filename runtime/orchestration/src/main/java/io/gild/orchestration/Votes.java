package io.gild.orchestration;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides a vote. Immutable.
 *
 * @param <N> what each voter returns
 */
@Experimental
@SuppressWarnings("UnusedTypeParameter") // the voters must return it
public final class Votes<N extends @Nullable Object> {

  private final Function<@Nullable Object, @Nullable Object> choice;
  private final double share;
  private final int quorum;

  private Votes(Function<@Nullable Object, @Nullable Object> choice, double share, int quorum) {
    this.choice = choice;
    this.share = share;
    this.quorum = quorum;
  }

  /**
   * Decides for what more than half of the voters chose.
   *
   * @param choice what a voter chose, of what it returned; equal choices count together
   * @param <N> what each voter returns
   * @return the rule
   */
  public static <N extends @Nullable Object> Votes<N> majority(
      Function<N, @Nullable Object> choice) {
    return new Votes<>(erased(choice), 0.5, 0);
  }

  /**
   * Decides if all voters chose the same.
   *
   * @param choice what a voter chose, of what it returned
   * @param <N> what each voter returns
   * @return the rule
   */
  public static <N extends @Nullable Object> Votes<N> unanimous(
      Function<N, @Nullable Object> choice) {
    return new Votes<>(erased(choice), 1, 0);
  }

  /**
   * Returns the same rule with another quorum.
   *
   * @param voters how many must vote; 1 or more. More than half of them unless set.
   * @return the rule
   */
  public Votes<N> quorum(long voters) {
    Require.atLeast(1, voters, "voters");
    return new Votes<>(choice, share, (int) voters);
  }

  int quorum(int voters) {
    int needed = quorum == 0 ? voters / 2 + 1 : quorum;
    if (needed > voters) {
      throw new IllegalArgumentException(
          "a quorum of " + needed + " needs as many voters, but there are " + voters);
    }
    return needed;
  }

  /** Voters of a workflow answer with the type of its rule. */
  @SuppressWarnings("unchecked")
  private static Function<@Nullable Object, @Nullable Object> erased(Function<?, ?> typed) {
    return (Function<@Nullable Object, @Nullable Object>) typed;
  }

  /** Returns the answer of the first voter that chose what won; empty if nothing won. */
  Optional<Won> decide(List<@Nullable Object> answers) {
    Map<@Nullable Object, Integer> counts = new LinkedHashMap<>();
    for (Object answer : answers) {
      counts.merge(choice.apply(answer), 1, Integer::sum);
    }
    for (Object answer : answers) {
      int count = counts.getOrDefault(choice.apply(answer), 0);
      if (share == 1 ? count == answers.size() : count > share * answers.size()) {
        return Optional.of(new Won(answer));
      }
    }
    return Optional.empty();
  }

  /** The answer that won, which may be {@code null}. */
  record Won(@Nullable Object answer) {}
}
