package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenSettingsTests {

  static Stream<Arguments> brokenFiles() {
    return Stream.of(
        broken(
            "misspelled key of a policy",
            """
            agents:
              - match: com.acme.*Agent#answer
                retry:
                  max-attemps: 4
            """,
            "gild.yaml:4:7: agents[0].retry.max-attemps: unknown key. Did you mean \"max-attempts\"?"),
        broken(
            "judge with unknown words",
            """
            evaluation:
              modle: qwen3
              embedder: minilmm
            """,
            "gild.yaml:2:3: evaluation.modle: unknown key. Did you mean \"model\"?",
            "gild.yaml:3:13: evaluation: embedder must be one of default, minilm, but is \"minilmm\". Did you mean \"minilm\"?"),
        broken(
            "judge with a key in the file",
            """
            evaluation:
              api-key-env: sk-secret-1
            """,
            "gild.yaml:2:16: evaluation: api-key-env must be the name of an environment variable, such as OPENAI_API_KEY, and never a key"),
        broken(
            "judge with a password in its address",
            """
            evaluation:
              base-url: https://me:secret@models.example/v1
            """,
            "gild.yaml:2:13: evaluation: base-url must be an http or https URL without user, password and query, such as https://api.openai.com/v1"),
        broken(
            "judge with a key in its address",
            """
            evaluation:
              base-url: https://models.example/v1?key=secret
            """,
            "gild.yaml:2:13: evaluation: base-url must be an http or https URL without user, password and query, such as https://api.openai.com/v1"),
        broken(
            "judge with an invalid address",
            """
            evaluation: {base-url: 'localhost:11434/v1'}
            """,
            "gild.yaml:1:24: evaluation: base-url must be an http or https URL without user, password and query, such as https://api.openai.com/v1, but is \"localhost:11434/v1\""),
        broken(
            "judge with a key that could be the name of a variable",
            """
            evaluation: {api-key-env: gsk_secret1}
            """,
            "gild.yaml:1:27: evaluation: api-key-env must be the name of an environment variable, such as OPENAI_API_KEY, and never a key"),
        broken(
            "judge without time",
            """
            evaluation: {timeout: 0s}
            """,
            "gild.yaml:1:23: evaluation: timeout must be above zero, but is PT0S"),
        broken(
            "impossible value",
            """
            agents:
              - agent: support
                retry: {max-attempts: 0}
            """,
            "gild.yaml:3:27: agents[0].retry: max-attempts must be >= 1, but is 0"),
        broken(
            "two impossible values in one policy",
            """
            defaults:
              retry:
                max-attempts: 0
                multiplier: 0.5
            """,
            "gild.yaml:3:19: defaults.retry: max-attempts must be >= 1, but is 0",
            "gild.yaml:4:17: defaults.retry: multiplier must be from 1.0 to 1000.0, but is 0.5"),
        broken(
            "wrong types",
            """
            defaults:
              cache: {ttl: soon, maximum-size: many, normalize: maybe, key: {a: b}}
              retry: fast
            enabled: 3
            tiers: small
            """,
            "gild.yaml:4:10: enabled must be true or false, but is 3",
            "gild.yaml:2:16: defaults.cache: ttl must be a duration such as \"500ms\", \"2s\", \"5m\", \"1h\" or \"PT1H\", but is \"soon\"",
            "gild.yaml:2:36: defaults.cache: maximum-size must be a whole number, but is \"many\"",
            "gild.yaml:2:65: defaults.cache: key must be a list, but is a map",
            "gild.yaml:2:53: defaults.cache: normalize must be true or false, but is \"maybe\"",
            "gild.yaml:3:10: defaults: retry must be a map, on or off, but is \"fast\"",
            "gild.yaml:5:8: tiers must be a map, but is \"small\""),
        broken(
            "fraction for a whole number",
            "defaults: {bulkhead: {max-concurrent-calls: 2.5}}",
            "gild.yaml:1:45: defaults.bulkhead: max-concurrent-calls must be a whole number, but is 2.5"),
        broken(
            "bad enum value",
            "mode: enforced",
            "gild.yaml:1:7: mode must be one of observe, enforce, but is \"enforced\". Did you mean \"enforce\"?"),
        broken(
            "bad strategy without a guess",
            "models: {route: {strategy: round-robin}}",
            "gild.yaml:1:28: models.route: strategy must be one of fixed, complexity, learned, cost, latency, cascade, but is \"round-robin\""),
        broken(
            "unknown key at the top, far from any",
            "colour: blue",
            "gild.yaml:1:1: colour: unknown key. Use one of mode, enabled, data, defaults, models, agents, tools, a2a, budget-accounts, budgets, cached-answers, console, context, control, coordination, evaluation, gates, ledger, limits, memory, observability, orchestration, prices, pricing, rollout-defaults, rollouts, routing, slos, smoke, synchronizers, tiers, token-limits."),
        broken(
            "unknown policy",
            "defaults: {circuitbreaker: {}}",
            "gild.yaml:1:12: defaults.circuitbreaker: unknown key. Did you mean \"circuit-breaker\"?"),
        broken(
            "unknown key of a rule",
            "agents: [{mtach: a.B}]",
            "gild.yaml:1:10: agents[0]: needs either match (such as \"com.acme.*Agent#answer\") or agent (a name)",
            "gild.yaml:1:11: agents[0].mtach: unknown key. Did you mean \"match\"?"),
        broken(
            "rule with two subjects",
            "agents: [{match: \"a.B#c\", agent: b}]",
            "gild.yaml:1:10: agents[0]: has both match and agent; keep one of them"),
        broken(
            "rule without a method",
            "agents: [{match: com.acme.Desk, cache: {}}]",
            "gild.yaml:1:18: agents[0]: match must name class and method, such as \"com.acme.Desk#answer\", but is \"com.acme.Desk\". Did you mean \"com.acme.Desk#*\"?"),
        broken(
            "rule whose method follows a dot",
            "agents: [{match: com.acme.Desk.answer, cache: {}}]",
            "gild.yaml:1:18: agents[0]: match must name class and method, such as \"com.acme.Desk#answer\", but is \"com.acme.Desk.answer\". Did you mean \"com.acme.Desk#answer\"?"),
        broken(
            "duration that no clock can count",
            "defaults: {retry: {max-wait-duration: 99999999999h}}",
            "gild.yaml:1:39: defaults.retry: max-wait-duration must be a duration of at most 36500d (100 years), but is \"99999999999h\""),
        broken(
            "wait above its bound",
            "defaults: {retry: {wait-duration: 2m, max-wait-duration: 1m}}",
            "gild.yaml:1:35: defaults.retry: wait-duration must not exceed max-wait-duration, but is 2m with a max-wait-duration of 1m"),
        broken(
            "bound below the usual wait",
            "defaults: {retry: {max-wait-duration: 1ms}}",
            "gild.yaml:1:39: defaults.retry: wait-duration must not exceed max-wait-duration, but is 200ms with a max-wait-duration of 1ms"),
        broken(
            "share where percent are meant",
            "defaults: {circuit-breaker: {failure-rate-threshold: 0.5}}",
            "gild.yaml:1:54: defaults.circuit-breaker: failure-rate-threshold must be percent from 1 to 100, but is 0.5, which is less than one percent. Write 50 for 50 %"),
        broken(
            "duplicate key",
            """
            mode: observe
            data: here
            mode: enforce
            """,
            "gild.yaml:3:1: mode: duplicate key; the first one is in line 1"),
        broken(
            "unknown tier",
            "agents: [{agent: a, route: {tiers: [small, hgue, larg]}}]",
            "gild.yaml:1:44: agents[0].route: tiers names \"hgue\", which is not a tier. Use some of local, small, medium, large.",
            "gild.yaml:1:50: agents[0].route: tiers names \"larg\", which is not a tier. Use some of local, small, medium, large. Did you mean \"large\"?"),
        broken(
            "unknown budget",
            """
            budgets: {support: {limit: 5, period: 1d, per: tenant}}
            agents: [{agent: a, cost: {budget: suport}}]
            """,
            "gild.yaml:2:36: agents[0].cost: budget names \"suport\", which is not a budget. Use one of support. Did you mean \"support\"?"),
        broken(
            "budget without any defined",
            "models: {cost: {budget: team}}",
            "gild.yaml:1:25: models.cost: budget names \"team\", which is not a budget. Define it under budgets."),
        broken(
            "incomplete budget",
            "budgets: {team: {limit: 1}}",
            "gild.yaml:1:17: budgets.team: period is missing"),
        broken(
            "budget of an unknown dimension",
            "budgets: {team: {limit: 1, period: day, per: everyone}}",
            "gild.yaml:1:46: budgets.team: per must name some of agent, method, version, provider, model, tier, tenant, user, session, task, workflow, step, but has \"everyone\""),
        broken(
            "budget of an unknown period and zone",
            "budgets: {a: {limit: 1, period: weekly}, b: {limit: 1, period: day, zone: Mars}}",
            "gild.yaml:1:33: budgets.a: period must be run, hour, day, month or a duration such as \"12h\", but is \"weekly\"",
            "gild.yaml:1:75: budgets.b: zone must be a time zone such as UTC or Europe/Berlin, but is \"Mars\""),
        broken(
            "keys of cached answers in two places",
            "cached-answers: {keys-env: KEYS, keys-file: keys.txt}",
            "gild.yaml:1:28: cached-answers: keys-env and keys-file are both given: the keys are in one of them"),
        broken(
            "budget of nothing",
            "budgets: {team: {limit: 0, period: 1d, per: none}}",
            "gild.yaml:1:25: budgets.team: limit must be above zero, but is 0"),
        broken(
            "impossible tier",
            "tiers: {small: {max-complexity: 7}}",
            "gild.yaml:1:33: tiers.small: max-complexity must be from 0.0 to 1.0, but is 7.0"),
        broken(
            "negative price",
            "prices: {mine: {input: -1, output: 1}}",
            "gild.yaml:1:24: prices.mine: input must not be negative, but is -1"),
        broken(
            "impossible port and gate",
            "observability: {prometheus-port: 70000}\ngates: {production: 99}",
            "gild.yaml:2:21: gates.production: pass-rate must be from 0.0 to 1.0, but is 99.0",
            "gild.yaml:1:34: observability: prometheus-port must be from 0.0 to 65535.0, but is 70000.0"),
        broken(
            "gates that cannot be",
            """
            gates:
              dev-to-staging: {decide: bound, min-task: 3, confidence: 1}
              staging-to-production:
                cost: {mean: 0.2, p95: 0.1}
                load-test: {within: soon}
              produktion: 0.9
            """,
            "gild.yaml:6:3: gates.produktion: unknown key. Did you mean \"production\"?",
            "gild.yaml:2:35: gates.dev-to-staging.min-task: unknown key. Did you mean \"min-tasks\"?",
            "gild.yaml:2:28: gates.dev-to-staging: decide must be one of rate, lower-bound, but is \"bound\"",
            "gild.yaml:4:28: gates.staging-to-production.cost: p95 must be >= mean, but is 0.1 < 0.2",
            "gild.yaml:5:25: gates.staging-to-production.load-test: within must be a duration such as \"500ms\", \"2s\", \"5m\", \"1h\" or \"PT1H\", but is \"soon\""),
        broken(
            "not a map", "- a\n- b", "gild.yaml:1:1: expected keys and values, but found a list"),
        broken(
            "tab",
            "mode: observe\n\tdata: x",
            "gild.yaml:2:1: not valid YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"),
        broken(
            "open bracket",
            "agents: [",
            "gild.yaml:1:10: not valid YAML: expected the node content, but found '<stream end>'"),
        broken(
            "wrong indentation",
            "mode: observe\n  data: x",
            "gild.yaml:2:7: not valid YAML: mapping values are not allowed here"),
        broken(
            "self reference",
            "models: &m {retry: *m}",
            "gild.yaml:1:9: models.retry: refers to itself"),
        broken(
            "control character", "mode: \u0001", "gild.yaml:1:7: character U+0001 is not allowed"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenFiles")
  void everyMistakeIsNamedWithItsPlace(String name, String yaml, List<String> messages) {
    SettingsException thrown =
        catchThrowableOfType(
            SettingsException.class, () -> Settings.builder().yaml("gild.yaml", yaml).build());

    assertThat(thrown).as(yaml).isNotNull();
    assertThat(thrown.problems()).extracting(Problem::toString).containsExactlyElementsOf(messages);
    assertThat(thrown).hasMessage(String.join("\n", messages));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenFiles")
  void aBrokenFileNeverStopsTheHost(String name, String yaml, List<String> messages) {
    Settings settings =
        Settings.builder()
            .yaml("gild.yaml", "mode: enforce")
            .yaml("gild.yaml", yaml)
            .buildOrDefaults();

    assertThat(settings.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(settings.problems()).hasSameSizeAs(messages);
    assertThat(settings.agents()).isEmpty();
  }

  @Test
  void theSwitchOutsideTheFileWorksEvenIfTheFileIsBroken() {
    Settings settings =
        Settings.builder()
            .yaml("gild.yaml", "mode: [")
            .systemProperties(Map.of("gild.enabled", "false"))
            .buildOrDefaults();

    assertThat(settings.enabled()).isFalse();
    assertThat(settings.problems()).hasSize(1);
  }

  @Test
  void aFileThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("gild.yaml");
    Path binary =
        Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> Settings.load(missing))
        .hasMessage(missing + ": no such file of settings");
    assertThatThrownBy(() -> Settings.load(folder))
        .hasMessage(folder + ": is a directory, not a file");
    assertThatThrownBy(() -> Settings.load(binary)).hasMessage(binary + ": is not UTF-8 text");
    assertThat(Settings.loadOrDefaults(missing).problems()).hasSize(1);
  }

  @Test
  void problemsOutsideFilesNameTheirSource() {
    assertThatThrownBy(() ->
            Settings.builder()
                .environment(Map.of("GILD_MODE", "loud", "GILD_HOME", "/opt"))
                .systemProperties(Map.of("gild.defaults.retry.max-attemps", "3"))
                .arguments(Map.of("mod", "enforce", "what", "x"))
                .property("gild.nothing", "1")
                .build())
        .isInstanceOfSatisfying(
            SettingsException.class,
            thrown ->
                assertThat(thrown.problems())
                    .extracting(Problem::toString)
                    .containsExactlyInAnyOrder(
                        "environment GILD_MODE: mode must be one of observe, enforce, but is \"loud\"",
                        "system property gild.defaults.retry.max-attemps: unknown setting. Did you mean"
                            + " \"gild.defaults.retry.max-attempts\"?",
                        "agent argument mod: unknown setting. Did you mean \"mode\"?",
                        "agent argument what: unknown setting.",
                        "system property gild.nothing: unknown setting."));
  }

  private static Arguments broken(String name, String yaml, String... messages) {
    return Arguments.of(name, yaml, List.of(messages));
  }
}
