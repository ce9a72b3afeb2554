package io.gild.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.SettingsException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateOverridesTests {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  @Test
  void readsExceptionsWithTheirPlaces() {
    GateOverrides read =
        GateOverrides.read(
            "gate-overrides.yaml",
            """
            overrides:
              - stage: dev-to-staging
                agent: support
                criterion: pass-rate
                who: Ada
                why: the provider was down while the tasks ran
                until: 2026-11-20
              - {stage: production, criterion: "*", who: Bob, why: launch, until: 2026-12-01}
            """,
            TODAY);

    assertThat(read.entries())
        .extracting(each -> each.override() + " at " + each.origin())
        .containsExactly(
            "GateOverride[stage=dev-to-staging, agent=support, criterion=pass-rate, who=Ada,"
                + " why=the provider was down while the tasks ran, until=2026-11-20]"
                + " at gate-overrides.yaml:2:5",
            "GateOverride[stage=production, agent=*, criterion=*, who=Bob, why=launch,"
                + " until=2026-12-01] at gate-overrides.yaml:8:5");
  }

  @Test
  void namesEveryMistakeWithItsPlace() {
    assertThatThrownBy(() ->
            GateOverrides.read(
                "gate-overrides.yaml",
                """
                - {stage: dev-to-stagin, criterion: pass-rate, who: Ada, why: because, until: 2026-12-01}
                - {stage: production, criterion: pass-rate, who: Ada}
                - {stage: production, criterion: pass-rate, who: "", why: x, until: soon}
                - {stage: production, criterion: pass-rate, who: Ada, why: x, until: 2026-11-19}
                - all of them
                """,
                TODAY))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            """
            gate-overrides.yaml:1:11: overrides[0]: stage must be one of dev-to-staging, staging-to-production, production, but is "dev-to-stagin". Did you mean "dev-to-staging"?
            gate-overrides.yaml:2:3: overrides[1]: why is missing
            gate-overrides.yaml:2:3: overrides[1]: until is missing
            gate-overrides.yaml:3:69: overrides[2]: until must be a day such as 2026-12-31, but is "soon"
            gate-overrides.yaml:4:70: overrides[3]: until must not be in the past, but is 2026-11-19. Delete the override of Ada, or renew the decision
            gate-overrides.yaml:5:3: overrides[4]: must be a map, but is "all of them\"\
            """);
  }

  @Test
  void rejectsAnOverrideWithoutAResponsiblePerson() {
    assertThatThrownBy(() ->
            GateOverrides.read(
                "o.yaml",
                "- {stage: production, criterion: a, who: ' ', why: x, until: 2026-12-01}",
                TODAY))
        .hasMessage(
            "o.yaml:1:42: overrides[0]: who must name the responsible person, but is empty");
  }

  @Test
  void readsNoOverridesFromAMissingFile(@TempDir Path folder) {
    assertThat(GateOverrides.read(folder.resolve("absent.yaml"), TODAY))
        .isEqualTo(GateOverrides.NONE);
    assertThat(GateOverrides.read("o.yaml", "", TODAY)).isEqualTo(GateOverrides.NONE);
    assertThatThrownBy(() -> GateOverrides.read("o.yaml", "a: b", TODAY))
        .hasMessage("o.yaml:1:1: expected a list, alone or under \"overrides\"");
  }

  @Test
  void rejectsAnUnknownCriterion() {
    String text = "- {stage: production, criterion: pas-rate, who: Ada, why: x, until: 2026-12-01}";

    assertThatThrownBy(() -> GateOverrides.read("o.yaml", text, TODAY))
        .hasMessage(
            "o.yaml:1:34: overrides[0]: criterion must be * or one of tests, docs, pass-rate,"
                + " undecided, cost, load-test, live, regression, but is \"pas-rate\"."
                + " Did you mean \"pass-rate\"?");
    assertThat(GateOverrides.read("o.yaml", text, TODAY, List.of("pas-rate")).entries()).hasSize(1);
  }
}
