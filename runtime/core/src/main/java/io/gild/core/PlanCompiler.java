package io.gild.core;

import io.gild.config.Policies;
import io.gild.config.PolicyKind;
import io.gild.core.spi.AttemptRunner;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Compiles a method's policies into its plan. */
final class PlanCompiler {

  private final GildRuntime runtime;
  private final List<StageProvider> providers;

  PlanCompiler(GildRuntime runtime, List<StageProvider> providers) {
    this.runtime = runtime;
    this.providers = providers.stream().sorted(Comparator.comparing(StageProvider::phase)).toList();
  }

  Plan compile(GovernedMethod method, Policies policies) {
    Context context = new Context(method, policies);
    List<Stage> stages = new ArrayList<>();
    List<Integer> kinds = new ArrayList<>();
    AttemptRunner runner = null;
    boolean effect = runtime.effect(method.spec()) == Effect.SIDE_EFFECT;
    for (StageProvider provider : providers) {
      if (effect && provider.phase().compareTo(Phase.EFFECT) > 0) {
        stages.add(new EffectStage(context));
        kinds.add(0);
        effect = false;
      }
      try {
        Stage stage = provider.stage(context);
        if (stage != null) {
          stages.add(stage);
          kinds.add(bit(provider.phase()));
        }
        AttemptRunner own = provider.runner(context);
        runner = own == null ? runner : own;
      } catch (RuntimeException | LinkageError fault) {
        GildLog.faultOnce("Policy " + provider.phase() + " of " + method.spec().id(), fault);
      }
    }
    if (effect) {
      stages.add(new EffectStage(context));
      kinds.add(0);
    }
    return new Plan(
        method,
        policies,
        stages.toArray(Stage[]::new),
        kinds.stream().mapToInt(Integer::intValue).toArray(),
        context.slots,
        runner);
  }

  /** Phases and policies share their names; a phase without a policy has no bit. */
  private static int bit(Phase phase) {
    return phase == Phase.EFFECT ? 0 : PolicyKind.valueOf(phase.name()).bit();
  }

  private final class Context implements StageContext {

    private final GovernedMethod method;
    private final Policies policies;
    private int slots;

    Context(GovernedMethod method, Policies policies) {
      this.method = method;
      this.policies = policies;
    }

    @Override
    public MethodSpec spec() {
      return method.spec();
    }

    @Override
    public GovernedMethod method() {
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
    public GildRuntime runtime() {
      return runtime;
    }

    @Override
    public int newSlot() {
      return slots++;
    }
  }
}
