package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.Settings;
import io.gild.gates.Gates.Stage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a version may pass, by criteria that each measure one thing. Immutable.
 *
 * <pre>{@code
 * QualityGate gate = QualityGate.of(Stage.DEV_TO_STAGING, settings);
 * GateDecision decision = gate.judge(evidence, overrides);
 * }</pre>
 */
@Experimental
public final class QualityGate {

  private final Stage stage;
  private final List<Criterion> criteria;

  private QualityGate(Stage stage, List<Criterion> criteria) {
    this.stage = stage;
    this.criteria = List.copyOf(criteria);
  }

  /**
   * Returns a gate with all criteria of the settings.
   *
   * @param stage the gate
   * @param settings the settings
   * @return the gate, with the criteria of other modules
   */
  public static QualityGate of(Stage stage, Settings settings) {
    return of(stage, settings.get(Gates.SECTION).of(stage), settings);
  }

  /**
   * Returns a gate with other requirements than those of the settings.
   *
   * @param stage the gate
   * @param gate its requirements
   * @param settings the settings, for the criteria of other modules
   * @return the gate
   */
  public static QualityGate of(Stage stage, Gate gate, Settings settings) {
    QualityGate extended = of(stage, gate);
    for (Criterion criterion : OwnCriteria.of(stage, settings)) {
      extended = extended.with(criterion);
    }
    return extended;
  }

  /**
   * Returns a gate with the criteria of this module alone.
   *
   * @param stage the gate
   * @param settings its requirements
   * @return the gate
   */
  public static QualityGate of(Stage stage, Gate settings) {
    List<Criterion> criteria = new ArrayList<>();
    if (settings.minTasks() > 0) {
      criteria.add(new TestsCriterion(settings.minTasks()));
    }
    if (settings.docs()) {
      criteria.add(new DocsCriterion());
    }
    criteria.add(new PassRateCriterion(settings));
    criteria.add(new UndecidedCriterion(settings.maxUndecided()));
    CostLimit cost = settings.cost();
    if (cost != null) {
      criteria.add(new CostCriterion(cost));
    }
    CallLimits load = settings.loadTest();
    if (load != null) {
      criteria.add(loadTest(load, settings));
    }
    CallLimits live = settings.live();
    if (live != null) {
      criteria.add(live(live, settings));
    }
    return new QualityGate(stage, criteria);
  }

  private static Criterion loadTest(CallLimits limits, Gate settings) {
    return new CallsCriterion(
        "load-test",
        limits,
        settings.decide(),
        settings.confidence(),
        true,
        GateEvidence::loadTests,
        "Load test this version and give the gate its report, or set load-test: off for this gate.");
  }

  private static Criterion live(CallLimits limits, Gate settings) {
    return new CallsCriterion(
        "live",
        limits,
        settings.decide(),
        settings.confidence(),
        false,
        GateEvidence::live,
        "Give the gate the scrape endpoint (observability.prometheus-port) or report of an"
            + " application that serves users, or set live: off for this gate.");
  }

  /**
   * Returns this gate with one more criterion.
   *
   * @param criterion the criterion
   * @return the new gate
   */
  public QualityGate with(Criterion criterion) {
    List<Criterion> more = new ArrayList<>(criteria);
    more.add(criterion);
    return new QualityGate(stage, more);
  }

  /**
   * Decides.
   *
   * <p>An override applies to criteria that failed or were not proven. Criteria that were not
   * measured stay blocked, because their risk is unknown.
   *
   * @param evidence the evidence of the version
   * @param overrides exceptions that apply today
   * @return the decision
   */
  public GateDecision judge(GateEvidence evidence, GateOverrides overrides) {
    List<Finding> findings = new ArrayList<>();
    Set<GateOverride> used = new LinkedHashSet<>();
    for (Criterion criterion : criteria) {
      for (Finding finding : criterion.judge(evidence)) {
        Optional<GateOverride> override = override(finding, overrides);
        override.ifPresent(used::add);
        findings.add(override.map(finding::overridden).orElse(finding));
      }
    }
    return new GateDecision(stage, evidence.version(), evidence.now(), findings, List.copyOf(used));
  }

  private Optional<GateOverride> override(Finding finding, GateOverrides overrides) {
    boolean may =
        finding.verdict() == GateVerdict.FAILED || finding.verdict() == GateVerdict.NOT_ENOUGH_RUNS;
    return overrides.entries().stream()
        .map(GateOverrides.Entry::override)
        .filter(each -> may && each.covers(stage, finding.agent(), finding.criterion()))
        .findFirst();
  }
}
