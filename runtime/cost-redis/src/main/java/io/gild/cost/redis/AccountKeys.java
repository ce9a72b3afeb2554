package io.gild.cost.redis;

import io.gild.cost.spi.BudgetAccount;
import java.time.Instant;
import java.util.List;

/**
 * The names of keys. All have the same part in braces, so that a cluster has them on one node:
 * several budgets are reserved in one step.
 */
record AccountKeys(String prefix) {

  AccountKeys(String prefix) {
    this.prefix = prefix + "{budgets}:";
  }

  List<String> common() {
    return List.of(prefix + "operations", owners());
  }

  String owners() {
    return prefix + "owners";
  }

  List<String> of(BudgetAccount account) {
    String window = window(account);
    String name = escaped(account.budget()) + ":" + window + ":" + account.holder();
    return List.of(
        prefix + "money:" + name,
        prefix + "held:" + name,
        windows(account.budget()),
        holders(account.budget(), window));
  }

  String windows(String budget) {
    return prefix + "windows:" + escaped(budget);
  }

  String holders(String budget, String window) {
    return prefix + "holders:" + escaped(budget) + ":" + window;
  }

  private static String escaped(String name) {
    return name.replace("%", "%25").replace(":", "%3A");
  }

  static String window(BudgetAccount account) {
    return text(account.start()) + "_" + text(account.end());
  }

  /** Returns the account of a window that {@link #window} has written. */
  static BudgetAccount account(String budget, String holder, String window) {
    int between = window.indexOf('_');
    return new BudgetAccount(
        budget,
        holder,
        instant(window.substring(0, between)),
        instant(window.substring(between + 1)));
  }

  private static String text(Instant at) {
    return at.getEpochSecond() + "." + at.getNano();
  }

  private static Instant instant(String text) {
    int point = text.indexOf('.');
    return Instant.ofEpochSecond(
        Long.parseLong(text.substring(0, point)), Long.parseLong(text.substring(point + 1)));
  }
}
