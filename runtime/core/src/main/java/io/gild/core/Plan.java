package io.gild.core;

import io.gild.config.Policies;
import io.gild.core.spi.AttemptRunner;
import io.gild.core.spi.Stage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The stages of one method in order: only those that its policies need.
 *
 * <p>A call inside another one takes the plan without the policies that the outer call carries
 * already.
 */
final class Plan {

  final MethodScope method;
  final Policies policies;
  final Stage[] stages;
  final CallListeners listeners;

  /** The bits of the policies that a call with this plan carries, those around it included. */
  final int carried;

  final int slots;
  final @Nullable AttemptRunner runner;
  final boolean outlasts;
  private final List<PlannedStage> planned;

  /** The numbers that the stages publish until the method gets another plan. */
  final List<AutoCloseable> publications = new CopyOnWriteArrayList<>();

  /** The bit of the policy that the runner belongs to. */
  private final int runnerPolicy;

  private final Map<Integer, Plan> inner = new ConcurrentHashMap<>(2);

  Plan(
      MethodScope method,
      Policies policies,
      List<PlannedStage> planned,
      CallListeners listeners,
      int slots,
      @Nullable AttemptRunner runner,
      int runnerPolicy) {
    this(method, policies, planned, listeners, slots, runner, runnerPolicy, 0);
  }

  private Plan(
      MethodScope method,
      Policies policies,
      List<PlannedStage> planned,
      CallListeners listeners,
      int slots,
      @Nullable AttemptRunner runner,
      int runnerPolicy,
      int outerMask) {
    this.method = method;
    this.policies = policies;
    this.planned = planned;
    this.listeners = listeners;
    this.stages = planned.stream().map(PlannedStage::stage).toArray(Stage[]::new);
    this.carried = outerMask | policies.maskOfOutermost();
    this.slots = slots;
    this.runner = runner;
    this.runnerPolicy = runnerPolicy;
    this.outlasts = method.outlasts();
  }

  /** Returns the plan of a method without policies. */
  static Plan empty(MethodScope method, CallListeners listeners) {
    return new Plan(method, Policies.none(), List.of(), listeners, 0, null, 0);
  }

  /** Ends what the stages publish; running calls continue with them. */
  void retire() {
    for (AutoCloseable publication : publications) {
      try {
        publication.close();
      } catch (Exception fault) {
        GildLog.faultOnce("Ending a meter of " + method.spec().id(), fault);
      }
    }
    publications.clear();
  }

  boolean idle() {
    return stages.length == 0 && runner == null;
  }

  /** Returns whether no stage acts: the caller gets exactly what the method returns. */
  boolean watches() {
    for (PlannedStage stage : planned) {
      if (!stage.watches()) {
        return false;
      }
    }
    return runner == null;
  }

  boolean detached() {
    return runner != null || (outlasts && stages.length > 0);
  }

  /** Returns this plan without the policies that enclosing calls carry. */
  Plan inside(int outerMask) {
    return outerMask == 0 ? this : inner.computeIfAbsent(outerMask, this::without);
  }

  private Plan without(int outerMask) {
    List<PlannedStage> kept =
        planned.stream().filter(stage -> (stage.policy() & outerMask) == 0).toList();
    AttemptRunner own = (runnerPolicy & outerMask) == 0 ? runner : null;
    return new Plan(method, policies, kept, listeners, slots, own, runnerPolicy, outerMask);
  }
}
