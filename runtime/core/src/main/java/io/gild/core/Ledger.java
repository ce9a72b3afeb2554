package io.gild.core;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Tokens and money of each agent and model since the start; thread-safe. */
public final class Ledger {

  private record Key(String agent, String model) {}

  private static final class Account {
    private final LongAdder requests = new LongAdder();
    private final LongAdder input = new LongAdder();
    private final LongAdder cached = new LongAdder();
    private final LongAdder cacheWrites = new LongAdder();
    private final LongAdder hourCacheWrites = new LongAdder();
    private final LongAdder inputAudio = new LongAdder();
    private final LongAdder outputAudio = new LongAdder();
    private final LongAdder output = new LongAdder();
    private final LongAdder reasoning = new LongAdder();
    private final LongAdder nanoUsd = new LongAdder();
    private final LongAdder unpriced = new LongAdder();
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
    account.input.add(usage.inputTokens());
    account.cached.add(usage.cachedInputTokens());
    account.cacheWrites.add(usage.cacheWriteTokens());
    account.hourCacheWrites.add(usage.hourCacheWriteTokens());
    account.inputAudio.add(usage.inputAudioTokens());
    account.outputAudio.add(usage.outputAudioTokens());
    account.output.add(usage.outputTokens());
    account.reasoning.add(usage.reasoningTokens());
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
        new Usage(
            account.input.sum(),
            account.cached.sum(),
            account.cacheWrites.sum(),
            account.output.sum(),
            account.reasoning.sum(),
            account.hourCacheWrites.sum(),
            account.inputAudio.sum(),
            account.outputAudio.sum()),
        account.nanoUsd.sum(),
        account.unpriced.sum());
  }
}
