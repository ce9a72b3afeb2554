package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.anomalies.AnomalyPolicy;
import io.gild.core.CostDimension;
import io.gild.core.ModelHosts;
import io.gild.core.Tier;
import io.gild.cost.Budget;
import io.gild.cost.CachePolicy;
import io.gild.cost.CostPolicy;
import io.gild.cost.SpendingPolicy;
import io.gild.gates.Gate;
import io.gild.gates.Gates;
import io.gild.observability.Observability;
import io.gild.observability.ObservePolicy;
import io.gild.observability.TraceSampling;
import io.gild.reliability.CircuitBreakerPolicy;
import io.gild.reliability.FallbackPolicy;
import io.gild.reliability.RetryPolicy;
import io.gild.reliability.TimeLimitPolicy;
import io.gild.routing.RoutePolicy;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTests {

  private static final String YAML =
      """
      mode: enforce
      data: /var/lib/gild
      budgets:
        support: {limit: 12.50, period: 1d, per: tenant}
      tiers:
        local: {model: qwen3:8b}
      defaults:
        retry: {wait-duration: 1s}
        cache: {ttl: 10m}
      models:
        retry:
        cost: {budget: support}
      agents:
        - match: com.acme.*Agent#answer*
          name: acme
          cache: {ttl: 5m, key: question}
          retry: {max-attempts: 7}
          time-limit: on
        - agent: support
          retry: off
          cost: {budget: support}
      observability:
        prometheus-port: 9464
        call-log: calls.jsonl
        call-log-max-bytes: 4096
        report: target/gild.html
        model-hosts: [models.acme.com]
      """;

  private final Settings settings = Settings.builder().yaml("gild.yaml", YAML).build();

  @Test
  void bindsEverySection() {
    assertThat(settings.mode()).isEqualTo(Mode.ENFORCE);
    assertThat(settings.data()).isEqualTo(Path.of("/var/lib/gild"));
    assertThat(settings.get(Budget.SECTION))
        .containsExactly(
            Map.entry("support", new Budget(new BigDecimal("12.50"), "1d", CostDimension.TENANT)));
    assertThat(settings.get(Tier.SECTION).keySet())
        .containsExactly("local", "small", "medium", "large");
    assertThat(settings.get(Tier.SECTION).get("local")).isEqualTo(new Tier("qwen3:8b", 0.15));
    assertThat(settings.get(Observability.SECTION))
        .isEqualTo(
            new Observability(
                9464,
                null,
                true,
                Path.of("calls.jsonl"),
                4_096,
                Path.of("target/gild.html"),
                "1.41",
                100_000,
                List.of(),
                8_192,
                new TraceSampling(1, true, null, null)));
    assertThat(settings.get(ModelHosts.SECTION).modelHosts()).containsExactly("models.acme.com");
    assertThat(settings.agents()).extracting(AgentRule::name).containsExactly("acme", "");
    assertThat(settings.agents().get(0).matchesType("com.acme.BillingAgent")).isTrue();
    assertThat(settings.agents().get(0).policies().keys())
        .containsExactly("cache", "retry", "time-limit");
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void layersDefaultsUnderDeclaredUnderSectionUnderRules() {
    PolicyTree declared =
        PolicyTree.of(
            Map.of("retry", Map.of("max-attempts", 4, "wait-duration", "5s", "multiplier", 3)));

    Policies policies = settings.policies("billing", "com.acme.BillingAgent", "answer", declared);

    assertThat(policies.get(RetryPolicy.class))
        .isEqualTo(
            new RetryPolicy(
                7, Duration.ofSeconds(1), 3, Duration.ofSeconds(10), 0.5, List.of(), List.of()));
    assertThat(policies.get(CachePolicy.class))
        .isEqualTo(new CachePolicy(Duration.ofMinutes(5), 10_000, List.of("question"), false));
    assertThat(policies.get(TimeLimitPolicy.class))
        .isEqualTo(new TimeLimitPolicy(Duration.ofSeconds(60), true));
    assertThat(policies.get(ObservePolicy.class))
        .isEqualTo(new ObservePolicy(true, true, true, false));
    assertThat(policies.get(CircuitBreakerPolicy.class)).isNull();
    assertThat(policies.get(CostPolicy.class)).isNull();
  }

  @Test
  void aLaterRuleSwitchesAPolicyOff() {
    Policies policies =
        settings.policies("support", "com.acme.SupportAgent", "answer", PolicyTree.empty());

    assertThat(policies.get(RetryPolicy.class)).isNull();
    assertThat(policies.get(CostPolicy.class)).isEqualTo(new CostPolicy("support", ""));
    assertThat(policies.get(CachePolicy.class)).isNotNull();
  }

  @Test
  void aMethodWithoutSettingsIsOnlyObservedAndChargedToTheBudgetsThatAreForIt() {
    Policies policies = settings.policies("other", "org.other.Thing", "run", PolicyTree.empty());

    assertThat(policies.mask())
        .isEqualTo(
            PolicyType.of(ObservePolicy.class).bit()
                | PolicyType.of(AnomalyPolicy.class).bit()
                | PolicyType.of(SpendingPolicy.class).bit());
  }

  @Test
  void theSectionOfDefaultsSwitchesOffButNeverOn() {
    Settings off =
        Settings.builder()
            .yaml(
                "gild.yaml",
                "defaults: {cache: off, observe: off, anomalies: off, spending: off, retry: {}}")
            .build();
    PolicyTree declared = PolicyTree.of(Map.of("cache", Map.of(), "retry", false));

    assertThat(off.policies("a", "a.A", "run", declared)).isEqualTo(Policies.none());
  }

  @Test
  void modelsHavePoliciesOfTheirOwn() {
    Policies policies = settings.modelPolicies();

    assertThat(policies.get(RetryPolicy.class)).isNotNull();
    assertThat(policies.get(CostPolicy.class)).isEqualTo(new CostPolicy("support", ""));
    assertThat(policies.get(CachePolicy.class)).isNull();
  }

  @Test
  void declaredMistakesAreNamedWithTheMethod() {
    PolicyTree declared =
        PolicyTree.of(
            Map.of(
                "retry", Map.of("max-attempts", 0),
                "route", Map.of("tiers", List.of("hugs")),
                "cachet", Map.of()));

    assertThatThrownBy(() -> settings.policies("support", "a.A", "run", declared))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("annotation: support#run.route: tiers names \"hugs\"")
        .hasMessageContaining("unknown policy. Did you mean \"cache\"?");
    assertThatThrownBy(() ->
            settings.policies(
                "x", "a.A", "run", PolicyTree.of(Map.of("retry", Map.of("max-attempts", 0)))))
        .hasMessage("annotation: x#run.retry: max-attempts must be >= 1, but is 0");
  }

  @Test
  void argumentsWinOverPropertiesOverEnvironmentOverFile() {
    SettingsBuilder builder =
        Settings.builder()
            .yaml("gild.yaml", "data: file\ntiers: {small: {model: file}}")
            .environment(
                Map.of(
                    "GILD_DATA", "environment",
                    "GILD_TIERS_SMALL_MAX_COMPLEXITY", "0.3",
                    "GILD_DEFAULTS_RETRY_MAX_ATTEMPTS", "9",
                    "GILD_DEFAULTS_CACHE", "off",
                    "GILD_DEFAULTS_ROUTE_TIERS", "small, large",
                    "GILD_OBSERVABILITY_PROMETHEUS_PORT", "0",
                    "PATH", "/bin"));
    assertThat(builder.build().data()).hasToString("environment");
    assertThat(builder.build().get(Tier.SECTION).get("small")).isEqualTo(new Tier("file", 0.3));
    assertThat(builder.build().get(Observability.SECTION).prometheusPort()).isZero();

    builder.systemProperties(Map.of("gild.data", "property", "user.home", "/root"));
    assertThat(builder.build().data()).hasToString("property");

    builder.arguments(Map.of("data", "argument", "defaults.retry.max-attempts", "8"));
    Settings built = builder.build();
    assertThat(built.data()).hasToString("argument");
    Policies policies =
        built.policies(
            "a",
            "a.A",
            "run",
            PolicyTree.of(Map.of("retry", Map.of(), "route", Map.of(), "cache", Map.of())));
    assertThat(policies.get(RetryPolicy.class)).extracting(RetryPolicy::maxAttempts).isEqualTo(8);
    assertThat(policies.get(RoutePolicy.class))
        .extracting(RoutePolicy::tiers)
        .isEqualTo(List.of("small", "large"));
    assertThat(policies.get(CachePolicy.class)).isNull();
  }

  @Test
  void propertiesReachModelsWithDotsInTheirNames() {
    Settings own =
        Settings.builder()
            .property("gild.prices.my-4.1.input", "1")
            .property("gild.prices.my-4.1.output", "2")
            .property("gild.mode", "enforce")
            .build();

    assertThat(PriceTable.of(own).find("my-4.1")).isPresent();
    assertThat(own.mode()).isEqualTo(Mode.ENFORCE);
  }

  @Test
  void effectiveSettingsNameTheirOrigin() {
    Settings own =
        Settings.builder()
            .yaml(
                "gild.yaml",
                "defaults:\n  retry: {max-attempts: 4}\nagents:\n  - {agent: a, cache: {ttl: 1s}}")
            .arguments(Map.of("mode", "enforce"))
            .build();

    assertThat(own.effective())
        .extracting(Setting::toString)
        .contains(
            "mode: \"enforce\"  (agent argument mode)",
            "defaults.retry.max-attempts: 4  (gild.yaml:2:25)",
            "agents[0].cache.ttl: \"1s\"  (gild.yaml:4:29)")
        .anyMatch(
            line -> line.startsWith("defaults.retry.multiplier: 2  (shipped optimization.yaml)"));
  }

  @Test
  void effectiveSettingsHidePasswords() {
    Settings own =
        Settings.builder()
            .yaml(
                "gild.yaml",
                "memory: {postgres: {url: 'jdbc:postgresql://db/gild?password=one&ssl=true', user: ann, password: two}, redis: {url: 'redis://ann:three@db:6379'}}")
            .build();

    assertThat(own.effective())
        .extracting(Setting::toString)
        .noneMatch(line -> line.matches(".*(one|two|three).*") && line.contains("gild.yaml"))
        .anyMatch(line -> line.startsWith("memory.postgres.password: \"***\""))
        .anyMatch(line -> line.contains("jdbc:postgresql://db/gild?password=***&ssl=true"))
        .anyMatch(line -> line.contains("redis://***@db:6379"));
  }

  @Test
  void aBareNumberIsOnlyTheRateOfAGate() {
    Gates gates =
        Settings.builder()
            .yaml("base.yaml", "gates: {production: {min-tasks: 40, live: off}}")
            .yaml("gild.yaml", "gates: {production: 0.9}")
            .environment(Map.of("GILD_GATES_DEV_TO_STAGING_DECIDE", "lower-bound"))
            .build()
            .get(Gates.SECTION);
    Gate shipped = Settings.defaults().get(Gates.SECTION).production();

    assertThat(gates.production())
        .isEqualTo(
            new Gate(0.9, shipped.decide(), 0.95, 0.05, 40, true, shipped.cost(), null, null));
    assertThat(gates.devToStaging().decide()).isEqualTo(Gate.Decide.LOWER_BOUND);
  }

  @Test
  void anEmptyFileAndEmptySectionsChangeNothing() {
    String empty =
        "\ufeffagents:\nmodels:\ndefaults:\ntiers:\ngates:\nbudgets:\nprices:\nobservability:\n";

    assertThat(Settings.builder().yaml("gild.yaml", "").build().effective())
        .isEqualTo(Settings.defaults().effective());
    assertThat(Settings.builder().yaml("gild.yaml", empty).build().get(Gates.SECTION))
        .isEqualTo(Settings.defaults().get(Gates.SECTION));
  }

  @Test
  void onlyThePolicyWithAnUnknownBudgetIsOff() {
    PolicyTree declared =
        PolicyTree.of(
            Map.of(
                "cost", Map.of("budget", "gone"),
                "route", Map.of("tiers", List.of("nowhere")),
                "fallback", Map.of("answer", " "),
                "retry", Map.of("max-attempts", 4)));
    List<Problem> problems = new ArrayList<>();

    Policies policies =
        Settings.defaults().policies("desk", "com.acme.Desk", "answer", declared, problems::add);

    assertThat(policies.get(CostPolicy.class)).isNull();
    assertThat(policies.get(RoutePolicy.class)).isNull();
    assertThat(policies.get(FallbackPolicy.class)).isNull();
    assertThat(policies.get(RetryPolicy.class)).isNotNull();
    assertThat(problems).hasSize(3).allMatch(each -> each.path().startsWith("desk#answer."));
  }

  @Test
  void theFileOfABuildIsFoundFromItsModules(@TempDir Path root) throws IOException {
    Path module = Files.createDirectories(root.resolve("group/module"));
    Path elsewhere = Files.createDirectories(root.resolve("group/module/target/work"));
    Files.createFile(root.resolve("pom.xml"));
    Files.createFile(root.resolve("group/pom.xml"));
    Files.createFile(module.resolve("pom.xml"));
    Path file = Files.createFile(root.resolve("gild.yaml"));

    assertThat(GildYaml.of(module)).isEqualTo(file);
    assertThat(GildYaml.of(elsewhere)).as("no folder of a build").isNull();
    Path nearer = Files.createFile(module.resolve("gild.yaml"));
    assertThat(GildYaml.of(module)).isEqualTo(nearer);
  }

  @Test
  void aFileThatIsTooLargeIsNotEvenParsed(@TempDir Path root) throws IOException {
    Path file = Files.writeString(root.resolve("gild.yaml"), "# " + "x".repeat(5 << 20));

    assertThat(Settings.loadOrDefaults(file).problems())
        .singleElement()
        .asString()
        .endsWith("has 5 MiB; settings are at most 4 MiB. Is it the right file?");
  }
}
