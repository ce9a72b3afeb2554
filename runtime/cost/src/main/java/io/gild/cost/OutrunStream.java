package io.gild.cost;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.MethodScope;
import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetClaim;
import io.gild.cost.spi.BudgetStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The money of an answer that is streamed: counts what has reached the caller, and reserves more
 * when the reservation is used up. For one thread at a time.
 *
 * <p>Texts are counted at four characters a token. Other elements, such as the chunks of a client's
 * library, are at least one token each.
 */
final class OutrunStream {

  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final int MANY = 1_000_000;
  private static final long LEAST_STEP = 64;
  private static final int PART = 4;

  /** Tokens are estimated, so that a stream may outrun its reservation by a few or by a quarter. */
  private static final long SLACK = 16;

  private final String model;
  private final long inputTokens;
  private long characters;
  private long chunks;

  /** How many tokens the reservation pays for; -1 if that was not computed yet. */
  private long paid = -1;

  /**
   * @param model the model; empty if unknown, in which case a stream is never ended
   * @param inputTokens tokens of the prompt
   */
  OutrunStream(String model, long inputTokens) {
    this.model = model;
    this.inputTokens = inputTokens;
  }

  /** Counts an element; returns whether the reservation still pays for it. */
  boolean add(@Nullable Object element, MethodScope method, List<Hold> holds) {
    if (element instanceof CharSequence text) {
      characters += text.length();
    } else {
      chunks++;
    }
    if (paid < 0) {
      paid = paid(method, holds);
    }
    return paid == Long.MAX_VALUE || tokens() <= paid + Math.max(SLACK, paid / PART);
  }

  private long tokens() {
    return chunks + characters / CHARACTERS_PER_TOKEN;
  }

  private long paid(MethodScope method, List<Hold> holds) {
    long many = model.isEmpty() ? 0 : method.price(model, Usage.of(0, MANY));
    if (many <= 0) {
      return Long.MAX_VALUE;
    }
    long left = holds.stream().mapToLong(Hold::left).min().orElse(Long.MAX_VALUE);
    long ofAnswer = Math.max(0, left - method.price(model, Usage.of(inputTokens, 0)));
    return (long) ((double) ofAnswer / many * MANY);
  }

  /** Reserves more; returns the account that has no money for it, or null. */
  @Nullable BudgetAccount extend(MethodScope method, Reservation reservation) {
    long step = Math.max(LEAST_STEP, paid / PART);
    long nanoUsd = Math.max(0, method.price(model, Usage.of(0, step)));
    Map<BudgetStore, List<BudgetClaim>> claims = new LinkedHashMap<>(2);
    for (Hold hold : reservation.holds()) {
      long limit = hold.rule().budget().refuses() ? hold.rule().limitNanoUsd() : Long.MAX_VALUE;
      claims
          .computeIfAbsent(hold.store(), absent -> new ArrayList<>())
          .add(new BudgetClaim(hold.account(), limit, nanoUsd));
    }
    for (Map.Entry<BudgetStore, List<BudgetClaim>> each : claims.entrySet()) {
      BudgetAccount refused = each.getKey().reserve(reservation.id(), each.getValue()).refused();
      if (refused != null) {
        return refused;
      }
      for (Hold hold : reservation.holds()) {
        if (hold.store() == each.getKey()) {
          hold.give(nanoUsd);
        }
      }
    }
    paid += step;
    return null;
  }

  /** Records what was streamed, because the provider of an answer that was cut off does not. */
  void record(AgentCall call, Reservation reservation) {
    if (call.facts().usage().equals(reservation.usageBefore())) {
      call.recordUsage(model, Usage.of(inputTokens, tokens()));
    }
  }
}
