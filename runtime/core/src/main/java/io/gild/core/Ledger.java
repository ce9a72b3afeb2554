package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Tokens and money of each agent and model since the start; thread-safe. */
@Experimental
public final class Ledger {

  private static final TokenKind[] KINDS = TokenKind.values();

  private record Key(String agent, String model) {}

  private static final class Account {
    private final LongAdder requests = new LongAdder();
    private final LongAdder[] tokens = new LongAdder[KINDS.length];
    private final LongAdder nanoUsd = new LongAdder();
    private final LongAdder unpriced = new LongAdder();

    Account() {
      Arrays.setAll(tokens, kind -> new LongAdder());
    }

    void add(Usage usage) {
      for (TokenKind kind : KINDS) {
        tokens[kind.ordinal()].add(usage.get(kind));
      }
    }

    Usage usage() {
      return Usage.of(kind -> tokens[kind.ordinal()].sum());
    }
  }

  /**
   * What one agent used of one model.
   *
   * @param agent name of the outermost agent
   * @param model name of the model as its provider reports it
   * @param requests model requests that reported tokens
   * @param usage their tokens
   * @param nanoUsd their price in billionths of a US dollar
   * @param unpricedRequests requests whose model had no known price
   */
  public record Line(
      String agent,
      String model,
      long requests,
      Usage usage,
      long nanoUsd,
      long unpricedRequests) {}

  private final Map<Key, Account> accounts = new ConcurrentHashMap<>();

  Ledger() {}

  void add(String agent, String model, Usage usage, long nanoUsd) {
    Account account = accounts.computeIfAbsent(new Key(agent, model), absent -> new Account());
    account.requests.increment();
    account.add(usage);
    if (nanoUsd < 0) {
      account.unpriced.increment();
    } else {
      account.nanoUsd.add(nanoUsd);
    }
  }

  /**
   * Returns all accounts.
   *
   * @return a snapshot, ordered by agent and model
   */
  public List<Line> lines() {
    return accounts.entrySet().stream()
        .map(entry -> line(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(Line::agent).thenComparing(Line::model))
        .toList();
  }

  private static Line line(Key key, Account account) {
    return new Line(
        key.agent(),
        key.model(),
        account.requests.sum(),
        account.usage(),
        account.nanoUsd.sum(),
        account.unpriced.sum());
  }
}
