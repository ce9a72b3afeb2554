package io.gild.core;

import io.gild.config.Policies;
import io.gild.config.PolicyType;
import io.gild.core.spi.AttemptRunner;
import io.gild.core.spi.MeterSpec;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Compiles a method's policies into its plan. */
final class PlanCompiler {

  private final RuntimeScope runtime;
  private final CallListeners listeners;
  private final List<StageProvider> providers;

  PlanCompiler(RuntimeScope runtime, CallListeners listeners, List<StageProvider> providers) {
    this.runtime = runtime;
    this.listeners = listeners;
    this.providers = providers.stream().sorted(Comparator.comparing(StageProvider::phase)).toList();
  }

  /**
   * @param last makes the stage right around the method's own code, or null for none
   */
  Plan compile(MethodScope method, Policies policies, @Nullable StageProvider last) {
    Context context = new Context(method, policies);
    List<PlannedStage> stages = new ArrayList<>();
    AttemptRunner runner = null;
    int runnerPolicy = 0;
    boolean effect = method.effect() == Effect.SIDE_EFFECT;
    for (StageProvider provider : with(last)) {
      if (effect && provider.phase().compareTo(Phase.EFFECT) > 0) {
        stages.add(new PlannedStage(new EffectStage(context), 0, false));
        effect = false;
      }
      try {
        Stage stage = provider.stage(context);
        if (stage != null) {
          stages.add(new PlannedStage(stage, bit(provider), watches(provider, policies)));
        }
        AttemptRunner own = provider.runner(context);
        if (own != null) {
          runner = own;
          runnerPolicy = bit(provider);
        }
      } catch (RuntimeException | LinkageError fault) {
        GildLog.faultOnce("Policy " + provider.phase() + " of " + method.spec().id(), fault);
      }
    }
    if (effect) {
      stages.add(new PlannedStage(new EffectStage(context), 0, false));
    }
    Plan plan =
        new Plan(
            method, policies, List.copyOf(stages), listeners, context.slots, runner, runnerPolicy);
    plan.publications.addAll(context.publications);
    return plan;
  }

  private List<StageProvider> with(@Nullable StageProvider last) {
    if (last == null) {
      return providers;
    }
    List<StageProvider> all = new ArrayList<>(providers);
    all.add(last);
    return all;
  }

  private static int bit(StageProvider provider) {
    Class<? extends Record> policy = provider.policy();
    return policy == null ? 0 : PolicyType.of(policy).bit();
  }

  private static boolean watches(StageProvider provider, Policies policies) {
    Class<? extends Record> type = provider.policy();
    Record policy = type == null ? null : policies.get(type);
    return policy == null
        ? provider.phase().equals(Phase.OBSERVE)
        : PolicyType.of(policy.getClass()).watches(policy);
  }

  private final class Context implements StageContext {

    private final MethodScope method;
    private final Policies policies;
    private final List<AutoCloseable> publications = new ArrayList<>();
    private int slots;

    Context(MethodScope method, Policies policies) {
      this.method = method;
      this.policies = policies;
    }

    @Override
    public MethodSpec spec() {
      return method.spec();
    }

    @Override
    public MethodScope method() {
      return method;
    }

    @Override
    public Policies policies() {
      return policies;
    }

    @Override
    public Counts counts() {
      return method.counts();
    }

    @Override
    public RuntimeScope runtime() {
      return runtime;
    }

    @Override
    public CallListeners listeners() {
      return listeners;
    }

    @Override
    public <T> void publish(
        MeterSpec spec, T owner, ToDoubleFunction<? super T> value, String... more) {
      publications.add(
          runtime.meters().publish(spec, owner, value, Meters.values(spec, method, more)));
    }

    @Override
    public int newSlot() {
      return slots++;
    }
  }
}
