package io.gild.benchmarks;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.routing.RoutingModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a cascade saves on answers that can be checked, by Gild's own router with real prices, on
 * simulated models. Questions are sums of 1 to 8 steps; each step of an answer is written out. A
 * model errs in each step with a probability of its own; of its wrong steps, nine in ten are wrong
 * as they are written ({@code 12 + 30 = 43}), and one in ten is a wrong step that is calculated
 * rightly, which no check of the answer alone can find.
 */
final class CascadeSaving {

  /** A model and how often it errs in one step. */
  record Model(String tier, String name, double errors) {}

  private static final List<Model> MODELS =
      List.of(
          new Model("local", "llama3.2", 0.12),
          new Model("small", "gpt-4o-mini", 0.04),
          new Model("medium", "gpt-4.1-mini", 0.02),
          new Model("large", "gpt-4o", 0.005));

  private static final int MOST_STEPS = 8;
  private static final double VISIBLE = 0.9;

  /** What one strategy reached. */
  record Outcome(double correct, double usd, Map<String, Double> shares) {}

  private final int questions;

  CascadeSaving(int questions) {
    this.questions = questions;
  }

  /** Asks all questions. */
  Outcome run(String policy) throws IOException {
    Path data = Files.createTempDirectory("gild-bench-cascade");
    StringBuilder tiers = new StringBuilder();
    for (Model each : MODELS) {
      tiers.append(
          "  %s: {model: %s, max-complexity: %s}%n"
              .formatted(
                  each.tier(), each.name(), each == MODELS.get(MODELS.size() - 1) ? 1 : 0.5));
    }
    String yaml =
        "data: %s%nmode: enforce%nrouting: {remember: false}%ntiers:%n%sagents:%n- agent: desk%n  route: %s%n"
            .formatted(data, tiers, policy);
    try (GildRuntime runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("bench", yaml).build())
            .random(new Random(1))
            .module(new RoutingModule())
            .build()) {
      return ask(runtime.method(spec()));
    } finally {
      Files.deleteIfExists(data);
    }
  }

  private Outcome ask(GovernedMethod method) {
    Random random = new Random(7);
    int correct = 0;
    long nanoUsd = 0;
    Map<String, Double> shares = new TreeMap<>();
    for (int i = 0; i < questions; i++) {
      Sum sum = Sum.draw(random);
      long seed = random.nextLong();
      long[] spent = new long[1];
      String[] answered = new String[1];
      Object answer =
          method.call(
              null,
              arguments -> {
                String text = answer(String.valueOf(arguments[1]), sum, seed);
                AgentCall call = Objects.requireNonNull(AgentCall.current());
                call.recordUsage(
                    String.valueOf(arguments[1]),
                    Usage.of(60 + sum.text().length() / 4, 20 + text.length() / 4));
                spent[0] = call.facts().costNanoUsd();
                answered[0] = String.valueOf(arguments[1]);
                return text;
              },
              sum.text(),
              null);
      nanoUsd += spent[0];
      shares.merge(answered[0], 1.0 / questions, Double::sum);
      correct += String.valueOf(answer).endsWith("Answer: " + sum.result()) ? 1 : 0;
    }
    return new Outcome((double) correct / questions, nanoUsd / 1e9, shares);
  }

  private static String answer(String name, Sum sum, long seed) {
    Model model =
        MODELS.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    Random random = new Random(seed ^ name.hashCode());
    StringBuilder text = new StringBuilder();
    long value = sum.numbers().get(0);
    for (int number : sum.numbers().subList(1, sum.numbers().size())) {
      boolean wrong = random.nextDouble() < model.errors();
      boolean visible = random.nextDouble() < VISIBLE;
      int used = wrong && !visible ? number + 1 : number;
      long result = value + used + (wrong && visible ? 1 + random.nextInt(9) : 0);
      text.append("%d + %d = %d.%n".formatted(value, used, result));
      value = result;
    }
    return text.append("Answer: ").append(value).toString();
  }

  /** A question. */
  private record Sum(List<Integer> numbers) {

    static Sum draw(Random random) {
      int steps = 1 + random.nextInt(MOST_STEPS);
      return new Sum(random.ints(steps + 1, 10, 1_000).boxed().toList());
    }

    String text() {
      return "A customer bought goods for "
          + String.join(", for ", numbers.stream().map(String::valueOf).toList())
          + " dollars. What is the total? Write each step.";
    }

    long result() {
      return numbers.stream().mapToLong(Integer::longValue).sum();
    }
  }

  private static MethodSpec spec() {
    return new MethodSpec(
        CallKind.AGENT,
        "desk",
        "",
        "com.acme.Desk",
        "answer",
        "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
        List.of(
            new Parameter("question", "java.lang.String", Role.PROMPT),
            new Parameter("model", "java.lang.String", Role.MODEL)),
        Effect.NONE,
        PolicyTree.empty());
  }
}
