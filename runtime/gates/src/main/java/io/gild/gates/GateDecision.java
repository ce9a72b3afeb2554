package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.gates.Gates.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The decision of a gate, and its reasons.
 *
 * @param stage the gate
 * @param version the version that was judged; may be empty
 * @param at when
 * @param findings the findings of each criterion, per agent
 * @param overrides the overrides that were used
 */
@Experimental
public record GateDecision(
    Stage stage, String version, Instant at, List<Finding> findings, List<GateOverride> overrides) {

  /** Copies the lists. */
  public GateDecision {
    findings = List.copyOf(findings);
    overrides = List.copyOf(overrides);
  }

  /**
   * Returns the verdict of the gate: that of its weightiest finding.
   *
   * @return the verdict; {@link GateVerdict#BLOCKED} if there are no findings
   */
  public GateVerdict verdict() {
    return findings.stream()
        .map(Finding::verdict)
        .max(Comparator.naturalOrder())
        .orElse(GateVerdict.BLOCKED);
  }

  /**
   * Returns whether the version may pass the gate.
   *
   * @return whether the verdict opens the gate
   */
  public boolean opens() {
    return verdict().opens();
  }

  /**
   * Returns why the gate stays closed.
   *
   * @return one text per finding that does not open it, the weightiest first
   */
  public List<String> reasons() {
    return findings.stream()
        .filter(finding -> !finding.verdict().opens())
        .sorted(Comparator.comparing(Finding::verdict).reversed())
        .map(finding ->
            "%s: %s; %s, required is %s. %s %s"
                .formatted(
                    finding.subject(),
                    finding.verdict(),
                    finding.measured(),
                    finding.bound(),
                    finding.evidence(),
                    finding.remedy())
                .strip())
        .toList();
  }

  /**
   * Returns the decision as data, for logs and reports.
   *
   * @return maps, lists and texts
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("stage", stage.toString());
    map.put("version", version);
    map.put("at", at.toString());
    map.put("verdict", verdict().name());
    map.put("findings", findings.stream().map(GateDecision::map).toList());
    map.put("overrides", overrides.stream().map(GateDecision::map).toList());
    return map;
  }

  private static Map<String, Object> map(Finding finding) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("criterion", finding.criterion());
    map.put("agent", finding.agent());
    map.put("verdict", finding.verdict().name());
    map.put("measured", finding.measured());
    map.put("bound", finding.bound());
    map.put("evidence", finding.evidence());
    map.put("remedy", finding.remedy());
    return map;
  }

  private static Map<String, Object> map(GateOverride override) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("agent", override.agent());
    map.put("criterion", override.criterion());
    map.put("who", override.who());
    map.put("why", override.why());
    map.put("until", override.until().toString());
    return map;
  }
}
