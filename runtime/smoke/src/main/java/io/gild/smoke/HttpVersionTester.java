package io.gild.smoke;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.golden.GoldenSpec;
import io.gild.operations.GoldenSettings;
import io.gild.operations.RolloutException;
import io.gild.operations.RolloutPlan;
import io.gild.operations.RolloutSettings;
import io.gild.operations.spi.SmokeCheck;
import io.gild.operations.spi.TelemetrySource;
import io.gild.operations.spi.TrialsSource;
import io.gild.operations.spi.VersionTester;
import io.gild.smoke.spi.AgentAsker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tests the versions of a rollout on their own addresses, or in this JVM. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(VersionTester.class)
public final class HttpVersionTester implements VersionTester {

  private static final String PURPOSE = "golden";

  /** Creates the tester; the service loader does. */
  public HttpVersionTester() {}

  @Override
  public SmokeCheck smoke(RolloutPlan plan, Settings settings) throws RolloutException {
    SmokeSettings smoke = settings.get(SmokeSettings.SECTION);
    GoldenSettings golden = smoke.golden() == null ? plan.settings().golden() : smoke.golden();
    String subject = smoke.golden() == null ? subject(plan) : "smoke.golden";
    String address = plan.settings().canary().address();
    if (address != null) {
      prepared(address, settings, smoke, golden, subject);
    }
    return tested -> {
      try {
        return prepared(tested, settings, smoke, golden, subject).report().failures();
      } catch (RolloutException wrong) {
        return String.valueOf(wrong.getMessage());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return "the smoke tests were interrupted";
      }
    };
  }

  /** Prepares the tests of a version; what the settings name may be of the present one. */
  private static SmokeRun prepared(
      String address,
      Settings settings,
      SmokeSettings smoke,
      @Nullable GoldenSettings golden,
      String subject)
      throws RolloutException {
    try {
      return SmokeRun.ofVersion(
          Addresses.read(address, "the address of the new version"),
          settings,
          smoke,
          golden,
          subject);
    } catch (SmokeException wrong) {
      throw new RolloutException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private static String subject(RolloutPlan plan) {
    return "rollouts." + plan.name() + ".golden";
  }

  @Override
  public TelemetrySource golden(RolloutPlan plan, Settings settings) throws RolloutException {
    GoldenSettings golden = plan.settings().golden();
    if (golden == null) {
      throw new RolloutException("the rollout " + plan.name() + " has no golden tasks");
    }
    if (RolloutSettings.JVM.equals(plan.settings().engine()) && golden.path() == null) {
      throw new RolloutException(
          subject(plan)
              + " must have path and body: versions in one JVM are asked without them by their"
              + " application only");
    }
    try {
      return pairs(plan, golden, settings);
    } catch (SmokeException wrong) {
      throw new RolloutException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  @Override
  public TelemetrySource golden(RolloutPlan plan, Settings settings, TrialsSource trials)
      throws RolloutException {
    GoldenSettings golden = plan.settings().golden();
    if (golden == null) {
      throw new RolloutException("the rollout " + plan.name() + " has no golden tasks");
    }
    if (golden.path() != null) {
      throw new RolloutException(
          subject(plan)
              + " must not have path and body: golden tasks of versions in one JVM are asked of the"
              + " agent's method");
    }
    try {
      List<GoldenSpec> tasks =
          TaskFiles.read(golden.tasks(), subject(plan) + ".tasks", agent(plan, settings));
      return new TrialPairs(plan.name(), tasks, golden, trials);
    } catch (SmokeException wrong) {
      throw new RolloutException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /** Returns the agent whose tasks are asked; null if the rollout names a method instead. */
  private static @Nullable String agent(RolloutPlan plan, Settings settings) {
    String named = settings.get(SmokeSettings.SECTION).agent();
    String agent = plan.settings().agent();
    return named != null || agent == null || agent.contains("#") ? named : agent;
  }

  private static GoldenPairs pairs(RolloutPlan plan, GoldenSettings golden, Settings settings) {
    SmokeSettings smoke = settings.get(SmokeSettings.SECTION);
    List<GoldenSpec> tasks =
        TaskFiles.read(golden.tasks(), subject(plan) + ".tasks", smoke.agent());
    HttpCaller http = new HttpCaller();
    AgentAsker stable =
        asker(http, plan, plan.settings().stable().address(), "stable", golden, smoke);
    AgentAsker canary =
        asker(http, plan, plan.settings().canary().address(), "canary", golden, smoke);
    return new GoldenPairs(
        tasks, stable, canary, new AnswerScorer(), golden, plan.name().hashCode());
  }

  private static AgentAsker asker(
      HttpCaller http,
      RolloutPlan plan,
      @Nullable String address,
      String side,
      GoldenSettings golden,
      SmokeSettings smoke) {
    String subject = "rollouts." + plan.name() + "." + side + ".address";
    if (address == null) {
      throw new SmokeException(
          subject + " must be the address of the version, because golden tasks are asked there");
    }
    return Askers.of(http, Addresses.read(address, subject), golden, subject(plan), smoke, PURPOSE);
  }
}
