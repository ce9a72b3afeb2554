package io.gild.cost;

import io.gild.core.ProviderLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The requests of the last minute of one account, and those that wait. Guarded by its store.
 *
 * <p>The window slides: a request is in it for a minute from its start, so that no minute has more
 * than the limit, whenever it begins.
 */
final class TokenWindow {

  static final long MINUTE = 60_000_000_000L;

  /** A request that waits, and that has not asked for so long, has lost its place. */
  private static final long PATIENCE = 10_000_000_000L;

  private static final long MILLI = 1_000_000L;

  /** A request in the window. */
  private static final class Started {
    final String id;
    final long at;
    long tokens;

    Started(String id, long at, long tokens) {
      this.id = id;
      this.at = at;
      this.tokens = tokens;
    }
  }

  /** A request that waits. */
  private static final class Waiting {
    long tokens;
    long asked;
  }

  private final Deque<Started> started = new ArrayDeque<>();
  private final Map<String, Started> byId = new HashMap<>();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private long sum;
  private long pausedUntil;
  private boolean paused;
  private long learnedRequests = -1;
  private long learnedTokens = -1;

  /** What others have of the provider's limit, until a moment. */
  private long othersTokens;

  private long othersRequests;
  private long othersUntil;

  /** Removes what is over. */
  void advance(long now) {
    while (!started.isEmpty() && now - started.getFirst().at >= MINUTE) {
      Started over = started.removeFirst();
      sum -= over.tokens;
      byId.remove(over.id);
    }
    if (othersUntil - now <= 0) {
      othersTokens = 0;
      othersRequests = 0;
    }
    paused &= pausedUntil - now > 0;
    waiting.values().removeIf(each -> now - each.asked > PATIENCE);
  }

  boolean isIdle() {
    return started.isEmpty() && waiting.isEmpty() && !paused;
  }

  /** Adds a request to those that wait, unless it waits already. */
  void enqueue(String id, long tokens, long now) {
    Waiting own = waiting.computeIfAbsent(id, absent -> new Waiting());
    own.tokens = tokens;
    own.asked = now;
  }

  /** Returns after what time a request that waits can start; 0 if now. */
  long wait(String id, long now, long requestLimit, long tokenLimit) {
    long requests = 0;
    long tokens = 0;
    for (Map.Entry<String, Waiting> each : waiting.entrySet()) {
      requests++;
      tokens += bounded(each.getValue().tokens, tokenLimit(tokenLimit));
      if (each.getKey().equals(id)) {
        break;
      }
    }
    long wait = paused ? pausedUntil - now : 0;
    wait = Math.max(wait, room(requests, requestLimit(requestLimit), now, true));
    return Math.max(wait, room(tokens, tokenLimit(tokenLimit), now, false));
  }

  /** Returns after what time there is room for an amount. */
  private long room(long amount, long limit, long now, boolean ofRequests) {
    if (limit <= 0) {
      return 0;
    }
    long others = ofRequests ? othersRequests : othersTokens;
    long used = (ofRequests ? started.size() : sum) + others;
    long rounds = (amount - 1) / limit;
    long needed = amount - rounds * limit;
    if (used + needed <= limit && rounds <= 0) {
      return 0;
    }
    long until = now;
    for (Started each : started) {
      if (used + needed <= limit) {
        break;
      }
      used -= ofRequests ? 1 : each.tokens;
      until = each.at + MINUTE;
    }
    if (used + needed > limit && others > 0) {
      until = Math.max(until, othersUntil);
    }
    return Math.max(1, until - now + Math.max(0, rounds) * MINUTE);
  }

  private long requestLimit(long given) {
    return lower(given, learnedRequests);
  }

  private long tokenLimit(long given) {
    return lower(given, learnedTokens);
  }

  private static long lower(long given, long learned) {
    return given > 0 && learned > 0 ? Math.min(given, learned) : Math.max(given, learned);
  }

  private static long bounded(long tokens, long limit) {
    return limit > 0 ? Math.min(tokens, limit) : tokens;
  }

  /** Starts a request that waits. */
  void start(String id, long tokens, long tokenLimit, long now) {
    waiting.remove(id);
    Started entry = new Started(id, now, bounded(tokens, tokenLimit(tokenLimit)));
    Started before = byId.put(id, entry);
    if (before != null) {
      started.remove(before);
      sum -= before.tokens;
    }
    started.addLast(entry);
    sum += entry.tokens;
  }

  void settle(String id, long tokens) {
    Started entry = byId.get(id);
    if (entry != null) {
      sum += tokens - entry.tokens;
      entry.tokens = tokens;
    }
  }

  void cancel(String id) {
    waiting.remove(id);
    Started entry = byId.remove(id);
    if (entry != null) {
      started.remove(entry);
      sum -= entry.tokens;
    }
  }

  void pause(long until) {
    pausedUntil = paused ? Math.max(pausedUntil, until) : until;
    paused = true;
  }

  void learn(ProviderLimits said, long now) {
    learnedRequests = said.requests() > 0 ? said.requests() : learnedRequests;
    learnedTokens = said.tokens() > 0 ? said.tokens() : learnedTokens;
    othersRequests = others(said.requests(), said.remainingRequests(), started.size());
    othersTokens = others(said.tokens(), said.remainingTokens(), sum);
    long reset = Math.max(said.requestsResetMillis(), said.tokensResetMillis());
    othersUntil = now + (reset < 0 ? MINUTE : Math.min(MINUTE, reset * MILLI));
  }

  /** Returns what others use, if the provider has less left than this account's own use leaves. */
  private static long others(long limit, long remaining, long own) {
    return limit <= 0 || remaining < 0 ? 0 : Math.max(0, limit - remaining - own);
  }

  long used() {
    return sum;
  }
}
