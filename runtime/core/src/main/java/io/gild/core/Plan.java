package io.gild.core;

import io.gild.config.CostPolicy;
import io.gild.config.Policies;
import io.gild.config.PolicyKind;
import io.gild.core.spi.AttemptRunner;
import io.gild.core.spi.Stage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The stages of one method in order: the shortest straight line through the pipeline.
 *
 * <p>A call inside another one takes the plan without the policies that the outer call carries
 * already.
 */
final class Plan {

  /** Policies that every call keeps, however deep: each has its own span and its own tokens. */
  private static final int OWN = PolicyKind.OBSERVE.bit();

  final GovernedMethod method;
  final Policies policies;
  final Stage[] stages;

  /** The bits of the policies that a call with this plan carries, those around it included. */
  final int carried;

  final int slots;
  final @Nullable AttemptRunner runner;
  final boolean outlasts;
  private final int[] kinds;
  private final Map<Integer, Plan> inner = new ConcurrentHashMap<>(2);

  /**
   * Creates a plan.
   *
   * @param kinds the {@link PolicyKind#bit() bit} of each stage's policy, 0 for stages without one
   */
  Plan(
      GovernedMethod method,
      Policies policies,
      Stage[] stages,
      int[] kinds,
      int slots,
      @Nullable AttemptRunner runner) {
    this(method, policies, stages, kinds, slots, runner, 0);
  }

  private Plan(
      GovernedMethod method,
      Policies policies,
      Stage[] stages,
      int[] kinds,
      int slots,
      @Nullable AttemptRunner runner,
      int outerMask) {
    this.method = method;
    this.policies = policies;
    this.stages = stages;
    this.kinds = kinds;
    this.carried = outerMask | (policies.mask() & ~OWN);
    this.slots = slots;
    this.runner = runner;
    this.outlasts = method.outlasts();
  }

  /** Returns the plan of a method without policies. */
  static Plan empty(GovernedMethod method) {
    return new Plan(method, Policies.none(), new Stage[0], new int[0], 0, null);
  }

  boolean idle() {
    return stages.length == 0 && runner == null;
  }

  /** Whether no stage acts: what the method returns is what its caller gets. */
  boolean watches() {
    int watching = OWN | (countsOnly() ? PolicyKind.COST.bit() : 0);
    for (int kind : kinds) {
      if ((kind & ~watching) != 0 || kind == 0) {
        return false;
      }
    }
    return runner == null;
  }

  /** Whether money is counted and no budget refuses it. */
  private boolean countsOnly() {
    CostPolicy cost = policies.cost();
    return cost != null && cost.budget().isEmpty();
  }

  boolean detached() {
    return runner != null || (outlasts && stages.length > 0);
  }

  /** Returns this plan without the policies that enclosing calls carry. */
  Plan inside(int outerMask) {
    return outerMask == 0 ? this : inner.computeIfAbsent(outerMask, this::without);
  }

  private Plan without(int outerMask) {
    int kept = 0;
    for (int kind : kinds) {
      if ((kind & outerMask) == 0) {
        kept++;
      }
    }
    Stage[] keptStages = new Stage[kept];
    int[] keptKinds = new int[kept];
    int next = 0;
    for (int i = 0; i < stages.length; i++) {
      if ((kinds[i] & outerMask) == 0) {
        keptKinds[next] = kinds[i];
        keptStages[next++] = stages[i];
      }
    }
    boolean limited = (outerMask & PolicyKind.TIME_LIMIT.bit()) != 0;
    return new Plan(
        method, policies, keptStages, keptKinds, slots, limited ? null : runner, outerMask);
  }
}
