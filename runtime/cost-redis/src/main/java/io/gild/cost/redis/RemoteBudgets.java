package io.gild.cost.redis;

import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetBalance;
import io.gild.cost.spi.BudgetClaim;
import io.gild.cost.spi.BudgetReply;
import io.gild.cost.spi.BudgetSettlement;
import io.gild.redis.RedisCommands;
import io.gild.redis.RedisScript;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.params.ZRangeParams;

/**
 * The operations of budgets in Redis; they throw {@link RedisUnavailable}. An operation whose
 * answer was lost may be sent again under its id, and is not done twice. Thread-safe.
 */
final class RemoteBudgets {

  private static final RedisScript SCRIPT =
      RedisScript.read("budget.lua", RemoteBudgets.class.getResourceAsStream("budget.lua"));

  private static final int MOST_ACKNOWLEDGED = 256;

  /** Later than any window matters to Redis, and exact in Lua. */
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private final RedisCommands redis;
  private final AccountKeys keys;
  private final long leaseMillis;
  private final String owner = UUID.randomUUID().toString();
  private final AtomicLong numbers = new AtomicLong();
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

  RemoteBudgets(RedisCommands redis, String prefix, Duration lease) {
    this.redis = redis;
    this.keys = new AccountKeys(prefix);
    this.leaseMillis = lease.toMillis();
  }

  /** Returns the id of an operation. */
  String next() {
    return owner + "-" + numbers.incrementAndGet();
  }

  /** An account and its two amounts. */
  private record Line(BudgetAccount account, long first, long second) {}

  BudgetReply reserve(String operation, List<BudgetClaim> claims) {
    List<Line> lines =
        claims.stream()
            .map(each -> new Line(each.account(), each.limitNanoUsd(), each.nanoUsd()))
            .toList();
    List<?> answer = run("reserve", operation, lines);
    int refused = Math.toIntExact((long) answer.get(0));
    return new BudgetReply(
        refused == 0 ? null : claims.get(refused - 1).account(), balances(lines, answer));
  }

  List<BudgetBalance> settle(String operation, List<BudgetSettlement> settlements) {
    List<Line> lines =
        settlements.stream()
            .map(each -> new Line(each.account(), each.releasedNanoUsd(), each.spentNanoUsd()))
            .toList();
    return balances(lines, run("settle", operation, lines));
  }

  List<BudgetBalance> read(List<BudgetAccount> accounts) {
    List<Line> lines = accounts.stream().map(each -> new Line(each, 0, 0)).toList();
    return balances(lines, run("read", next(), lines));
  }

  boolean announce(String operation, BudgetAccount account, int percent) {
    return run("announce", operation, List.of(new Line(account, percent, 0))).get(0).equals(0L);
  }

  /** Returns the accounts of the present windows that spent most. */
  List<BudgetBalance> most(String budget, int most, Instant now) {
    List<BudgetAccount> accounts = new ArrayList<>();
    for (String window : range(keys.windows(budget), -1, false)) {
      BudgetAccount any = AccountKeys.account(budget, "", window);
      if (any.end().isAfter(now) && !any.start().isAfter(now)) {
        for (String holder : range(keys.holders(budget, window), most - 1, true)) {
          accounts.add(AccountKeys.account(budget, holder, window));
        }
      }
    }
    return accounts.isEmpty() ? List.of() : read(accounts);
  }

  private List<String> range(String key, int last, boolean largestFirst) {
    ZRangeParams range = ZRangeParams.zrangeParams(0, last);
    return redis.call(
        "list accounts of budgets",
        true,
        () -> redis.client().zrange(key, largestFirst ? range.rev() : range));
  }

  /** Shows that this JVM is alive. */
  void renew() {
    run("read", next(), List.of());
  }

  /** Ends all reservations of this JVM. */
  void leave() {
    redis.call(
        "end the reservations of this JVM", true, () -> redis.client().zrem(keys.owners(), owner));
  }

  private List<?> run(String name, String operation, List<Line> lines) {
    List<String> done = acknowledged();
    List<String> names = new ArrayList<>(keys.common());
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(name, operation, owner, leaseMillis + "", done.size() + ""));
    arguments.addAll(done);
    for (Line line : lines) {
      BudgetAccount account = line.account();
      Instant end = account.end().isBefore(LATEST) ? account.end() : LATEST;
      names.addAll(keys.of(account));
      arguments.addAll(
          List.of(
              account.holder(),
              AccountKeys.window(account),
              end.toEpochMilli() + "",
              line.first() + "",
              line.second() + ""));
    }
    List<?> answer;
    try {
      answer = redis.run(name + " budgets", SCRIPT, names, arguments, true);
    } catch (RedisUnavailable failure) {
      acknowledged.addAll(done);
      throw failure;
    }
    if (!name.equals("read") && answer.get(0).equals(0L)) {
      acknowledged.add(operation);
    }
    return answer;
  }

  private List<String> acknowledged() {
    List<String> done = new ArrayList<>();
    for (int i = 0; i < MOST_ACKNOWLEDGED; i++) {
      String each = acknowledged.poll();
      if (each == null) {
        break;
      }
      done.add(each);
    }
    return done;
  }

  private static List<BudgetBalance> balances(List<Line> lines, List<?> answer) {
    List<BudgetBalance> balances = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      balances.add(
          new BudgetBalance(
              lines.get(i).account(),
              number(answer.get(1 + 2 * i)),
              number(answer.get(2 + 2 * i))));
    }
    return balances;
  }

  private static long number(Object text) {
    return Long.parseLong((String) text);
  }
}
