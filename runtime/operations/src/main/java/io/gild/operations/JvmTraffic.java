package io.gild.operations;

import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.core.Events;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.operations.spi.Share;
import io.gild.operations.spi.TrafficEngine;
import io.gild.versions.Variant;
import io.gild.versions.VersionException;
import io.gild.versions.VersionKey;
import io.gild.versions.VersionSplit;
import io.gild.versions.Versions;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two versions of an agent in this JVM. */
final class JvmTraffic implements TrafficEngine {

  private final RolloutPlan plan;
  private final GildRuntime runtime;
  private final JvmGolden golden;
  private @Nullable VersionSplit split;
  private int announced;

  JvmTraffic(RolloutPlan plan, Settings settings, GildRuntime runtime) {
    this.plan = plan;
    this.runtime = runtime;
    this.golden = new JvmGolden(plan, settings, () -> split().trials());
  }

  /** Returns the golden tasks of the rollout. */
  JvmGolden golden() {
    return golden;
  }

  @Override
  public String name() {
    return "calls of " + plan.settings().agent() + " in process " + ProcessHandle.current().pid();
  }

  @Override
  public void check() throws RolloutException {
    golden.check();
    split();
  }

  @Override
  public Share set(int share) throws RolloutException {
    VersionSplit known = split;
    if (share == 0 && known == null && plan.settings().strategy() != Strategy.SHADOW) {
      return new Share(0, 0, "");
    }
    VersionSplit set = split();
    set.share(share);
    if (plan.settings().strategy() == Strategy.SHADOW) {
      set.shadow(share == 0 ? Share.ALL : 0);
    }
    announce(share);
    return new Share(share, share, String.join("; ", set.problems()));
  }

  private void announce(int share) {
    Events.Channel<VersionShareChanged> channel =
        runtime.events().channel(VersionShareChanged.class);
    if (share == announced) {
      return;
    }
    announced = share;
    if (channel.hasSubscribers()) {
      for (GovernedMethod method : runtime.methods()) {
        if (method.spec().agent().equals(plan.settings().agent())) {
          channel.publish(
              new VersionShareChanged(
                  method.spec(), plan.name(), plan.settings().canary().version(), share));
        }
      }
    }
  }

  @Override
  public Share current(int wanted) throws RolloutException {
    VersionSplit known = split;
    return new Share(wanted, known == null ? 0 : known.share(), "");
  }

  /** Returns the split, which is made at first use and has no share then. */
  VersionSplit split() throws RolloutException {
    VersionSplit known = split;
    if (known != null && !known.isClosed()) {
      return known;
    }
    String agent = Objects.requireNonNull(plan.settings().agent());
    try {
      VersionSplit made = Versions.of(runtime).split(plan.name(), agent, variant());
      String key = plan.settings().key();
      if (key != null) {
        made.key(VersionKey.parameter(key));
      }
      split = made;
      return made;
    } catch (VersionException
        | SettingsException
        | UncheckedIOException
        | IllegalArgumentException wrong) {
      throw new RolloutException(
          "the version "
              + plan.settings().canary().version()
              + " cannot answer: "
              + wrong.getMessage(),
          wrong);
    }
  }

  private Variant variant() {
    VersionSettings canary = plan.settings().canary();
    Variant variant = Variant.named(canary.version());
    if (canary.implementation() != null) {
      variant = variant.implementation(canary.implementation());
    }
    if (canary.prompt() != null) {
      variant = variant.prompt(canary.prompt());
    }
    if (canary.model() != null) {
      variant = variant.model(canary.model());
    }
    if (!canary.models().isEmpty()) {
      variant = variant.models(canary.models());
    }
    return canary.settings() == null ? variant : variant.settings(Settings.load(canary.settings()));
  }

  /** Ends the split: the present version answers all calls that begin from now on. */
  @Override
  public void close() {
    VersionSplit known = split;
    if (known != null) {
      known.close();
      split = null;
    }
  }
}
