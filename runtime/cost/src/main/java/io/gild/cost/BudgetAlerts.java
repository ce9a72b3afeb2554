package io.gild.cost;

import io.gild.core.Events;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeScope;
import io.gild.core.Webhook;
import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetBalance;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reports that a part of a budget is spent: in the log, as a meter, as an event and to the address
 * of the settings; once for each account, window and share.
 */
final class BudgetAlerts implements AutoCloseable {

  private static final int PERCENT = 100;
  private static final int MOST_REMEMBERED = 10_000;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private record Announced(BudgetAccount account, int percent) {}

  private final RuntimeScope runtime;

  /** Saves a store that several JVMs share most questions. */
  private final Set<Announced> announced = ConcurrentHashMap.newKeySet();

  private @Nullable Webhook webhook;
  private boolean opened;

  BudgetAlerts(RuntimeScope runtime) {
    this.runtime = runtime;
  }

  private synchronized @Nullable Webhook webhook() {
    if (!opened) {
      opened = true;
      webhook = open();
    }
    return webhook;
  }

  private @Nullable Webhook open() {
    BudgetSettings.Alerts posted = runtime.settings().get(BudgetSettings.SECTION).alerts();
    if (posted == null) {
      return null;
    }
    String secret = System.getenv(posted.secretEnv());
    if (secret == null || secret.isBlank()) {
      GildLog.info(
          "Alerts of budgets are not posted to %s: the environment variable %s must hold the secret of the signature, but is not set."
              .formatted(posted.url(), posted.secretEnv()));
      return null;
    }
    return new Webhook(
        URI.create(posted.url()),
        secret,
        runtime.settings().data().resolve("budget-alerts").resolve("undelivered.jsonl"),
        FIRST_WAIT);
  }

  private void post(BudgetAlert alert) {
    Webhook known = webhook();
    if (known != null) {
      Map<String, @Nullable Object> body = new LinkedHashMap<>();
      body.put("event", alert.code());
      body.put("at", runtime.clock().now().toString());
      body.putAll(alert.facts());
      known.accept(body);
    }
  }

  /** Reports the shares that an account has reached. */
  void check(MethodSpec method, Hold hold, BudgetBalance balance) {
    BudgetRule rule = hold.rule();
    double share = (double) balance.spentNanoUsd() / rule.limitNanoUsd();
    for (double soft : rule.budget().soft()) {
      if (share >= soft) {
        alert(method, hold, balance, (int) Math.round(soft * PERCENT));
      }
    }
    if (balance.spentNanoUsd() >= rule.limitNanoUsd()) {
      alert(method, hold, balance, PERCENT);
    }
  }

  private void alert(MethodSpec method, Hold hold, BudgetBalance balance, int percent) {
    Announced key = new Announced(hold.account(), percent);
    if (announced.contains(key) || !hold.store().announce(hold.account(), percent)) {
      return;
    }
    if (announced.size() >= MOST_REMEMBERED) {
      announced.clear();
    }
    announced.add(key);
    BudgetAlert alert =
        new BudgetAlert(
            method,
            hold.rule().name(),
            hold.account().holder(),
            percent,
            BigDecimal.valueOf(balance.spentNanoUsd(), 9).stripTrailingZeros(),
            hold.rule().budget().limit(),
            hold.account().end());
    GildLog.info(
        "Budget %s%s: %d %% of %s USD is spent (%s USD, until %s)."
            .formatted(
                alert.budget(),
                alert.holder().isEmpty() ? "" : " of " + alert.holder(),
                percent,
                alert.limitUsd().toPlainString(),
                alert.spentUsd().toPlainString(),
                alert.until()));
    runtime
        .meters()
        .recorder(CostMeter.BUDGET_ALERTS.spec(), alert.budget(), String.valueOf(percent))
        .record(1);
    Events.Channel<BudgetAlert> channel = runtime.events().channel(BudgetAlert.class);
    if (channel.hasSubscribers()) {
      channel.publish(alert);
    }
    post(alert);
  }

  @Override
  public synchronized void close() {
    announced.clear();
    if (webhook != null) {
      webhook.close();
    }
  }
}
