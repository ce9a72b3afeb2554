package io.gild.cost;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.DescribesItself;
import io.gild.core.MethodScope;
import io.gild.cost.spi.TokenCounter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what calls of a method cost, and learns from what they did cost.
 *
 * <p>The prompt is counted by a {@link TokenCounter} that knows the model, or else at four
 * characters a token. The answer has the most tokens that the request allows or, if that is
 * unknown, as many as 95 % of the method's recent calls had at most. What a call cost compared to
 * that, such as several requests or tools in the prompt, is learned as well. If that is more than
 * ten times as much, or the model is unknown, the prompt says little about the cost: then the call
 * is estimated at what 95 % of the method's recent calls cost at most.
 */
final class CostEstimate {

  /**
   * What a call will probably cost.
   *
   * @param nanoUsd billionths of a US dollar, as reserved
   * @param plain the same without what was learned of the method's calls
   * @param bounded whether the answer cannot be longer than estimated
   * @param inputTokens tokens of the prompt
   * @param outputTokens tokens of the answer
   * @param model the model; empty if unknown
   */
  record Estimate(
      long nanoUsd,
      long plain,
      boolean bounded,
      long inputTokens,
      long outputTokens,
      String model) {}

  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final long FIRST_OUTPUT_TOKENS = 500;
  private static final double MOST_FACTOR = 10;
  private static final double LEAST_FACTOR = 0.1;

  /** Longer texts are counted by their beginning. */
  private static final int COUNTED_CHARACTERS = 20_000;

  private final MethodScope method;
  private final int modelIndex;
  private final List<TokenCounter> counters;
  private final RecentQuantile outputs = new RecentQuantile(FIRST_OUTPUT_TOKENS);

  /** What calls cost compared to prompt and answer; zero if nothing is known. */
  private final RecentQuantile factors = new RecentQuantile(0);

  private final RecentQuantile costs = new RecentQuantile(0);

  /**
   * @param modelIndex index of the parameter that has the model's name; -1 for none
   */
  CostEstimate(MethodScope method, int modelIndex, List<TokenCounter> counters) {
    this.method = method;
    this.modelIndex = modelIndex;
    this.counters = counters;
  }

  /**
   * Estimates a call.
   *
   * @param model the model; empty if unknown
   */
  Estimate of(AgentCall call, String model) {
    long input = 1;
    for (int i = 0; i < call.arguments().length; i++) {
      if (i != modelIndex && call.argument(i) instanceof CharSequence text) {
        input += tokens(model, text);
      }
    }
    long limit = outputLimit(call);
    long output = limit > 0 ? limit : Math.round(outputs.value());
    long price = model.isEmpty() ? 0 : method.price(model, Usage.of(input, output));
    long plain = Math.max(0, price);
    boolean bounded = limit > 0;
    return new Estimate(likely(plain, bounded), plain, bounded, input, output, model);
  }

  private long likely(long plain, boolean bounded) {
    double factor = factors.value();
    if (plain == 0 || factor == 0 || factor > MOST_FACTOR) {
      return Math.max(plain, Math.round(costs.value()));
    }
    return Math.round(plain * (bounded ? Math.max(1, factor) : factor));
  }

  /** Returns whether a call has shown what calls cost. */
  boolean hasLearned() {
    return costs.value() > 0;
  }

  private long tokens(String model, CharSequence text) {
    int counted = Math.min(text.length(), COUNTED_CHARACTERS);
    for (TokenCounter counter : counters) {
      int tokens = model.isEmpty() ? -1 : counter.count(model, text.subSequence(0, counted));
      if (tokens >= 0) {
        return counted == 0 ? 0 : Math.round((double) tokens * text.length() / counted);
      }
    }
    return text.length() / CHARACTERS_PER_TOKEN;
  }

  /** Returns the most tokens of the answer that a request allows; 0 if unknown. */
  private static long outputLimit(AgentCall call) {
    @Nullable Object[] arguments = call.arguments();
    if (arguments.length > 0
        && arguments[arguments.length - 1] instanceof DescribesItself request
        && request.parameters().get("max_tokens") instanceof Number limit) {
      return Math.max(0, limit.longValue());
    }
    return 0;
  }

  /** Learns from a call: how long its answer was, and what it cost beyond prompt and answer. */
  void learn(Estimate estimate, long outputTokens, long spentNanoUsd) {
    if (outputTokens > 0) {
      outputs.add((double) outputTokens);
    }
    if (spentNanoUsd > 0) {
      costs.add((double) spentNanoUsd);
    }
    if (spentNanoUsd > 0 && estimate.plain() > 0) {
      long output = outputTokens > 0 ? outputTokens : estimate.outputTokens();
      Usage known = Usage.of(estimate.inputTokens(), output);
      long plain = method.price(estimate.model(), known);
      double ratio = plain > 0 ? (double) spentNanoUsd / plain : 1;
      factors.add(Math.max(LEAST_FACTOR, ratio));
    }
  }
}
