package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.CallDecision;
import io.gild.core.CallKind;
import io.gild.core.Counts.Event;
import io.gild.core.DescribesItself;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.testkit.ManualClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SemanticStageTests {

  private static final Parameter QUESTION =
      new Parameter("question", "java.lang.String", Role.PROMPT);
  private static final Parameter TENANT = new Parameter("tenant", "java.lang.String", Role.TENANT);
  private static final List<String> THINGS = List.of("lamp", "table", "bicycle", "camera");
  private static final int ENOUGH = 20_000;

  @TempDir private Path data;

  private final AtomicInteger runs = new AtomicInteger();
  private final Set<String> codes = ConcurrentHashMap.newKeySet();

  private GovernedMethod method(String policy, Parameter... parameters) {
    return method("enforce", policy, parameters);
  }

  private GovernedMethod method(String mode, String policy, Parameter... parameters) {
    String types =
        List.of(parameters).stream()
            .map(each -> "L" + each.type().replace('.', '/') + ";")
            .collect(Collectors.joining());
    MethodSpec spec =
        new MethodSpec(
            CallKind.AGENT,
            "support",
            "",
            "com.acme.Desk",
            "answer",
            "(" + types + ")Ljava/lang/String;",
            List.of(parameters),
            Effect.NONE,
            PolicyTree.empty());
    Settings settings =
        Settings.builder()
            .yaml(
                "gild.yaml",
                "data: "
                    + data
                    + "\nmode: "
                    + mode
                    + "\nagents:\n- match: com.acme.Desk#answer\n  cache: "
                    + policy
                    + "\n")
            .build();
    GildRuntime runtime =
        GildRuntime.builder()
            .clock(ManualClock.create())
            .settings(settings)
            .module(new CostModule())
            .build();
    runtime.events().subscribe(CallDecision.class, decision -> codes.add(decision.code()));
    return runtime.method(spec);
  }

  /** Returns a question that was never asked before, about one of few things. */
  private static String question(int number) {
    String name =
        ""
            + (char) ('a' + number / 676 % 26)
            + (char) ('a' + number / 26 % 26)
            + (char) ('a' + number % 26)
            + "x".repeat(1 + number / 17_576);
    return "how do i return the " + THINGS.get(number % THINGS.size()) + " dear " + name;
  }

  private Object ask(GovernedMethod method, int number, Object... more) {
    Object[] arguments = new Object[1 + more.length];
    arguments[0] = question(number);
    System.arraycopy(more, 0, arguments, 1, more.length);
    return method.call(
        null,
        same -> {
          runs.incrementAndGet();
          return "return the "
              + THINGS.get(number % THINGS.size())
              + (more.length == 0 ? "" : more[0]);
        },
        arguments);
  }

  /** Asks until an answer is repeated; returns the number of the last question. */
  private int askUntilRepeated(GovernedMethod method, Object... more) {
    for (int i = 0; i < ENOUGH; i++) {
      int before = runs.get();
      ask(method, i, more);
      if (runs.get() == before) {
        return i;
      }
    }
    throw new AssertionError("no answer was repeated; decisions: " + codes);
  }

  @Test
  void repeatsTheAnswerToAnotherQuestionOnceThatIsSafe() {
    GovernedMethod method = method("{semantic: true, max-error-rate: 0.1}", QUESTION);

    assertThat(askUntilRepeated(method)).isGreaterThan(100);
    assertThat(codes).contains("semantic_hit", "semantic_miss");
    assertThat(method.counts().get(Event.CACHE_HIT)).isEqualTo(1);
  }

  @Test
  void neverRepeatsTheAnswerOfAnotherTenant() {
    GovernedMethod method =
        method("enforce", "{semantic: true, max-error-rate: 0.1}", QUESTION, TENANT);
    int number = askUntilRepeated(method, "anna");

    for (int i = 1; i <= 40; i++) {
      assertThat(ask(method, number + i, "bob")).asString().endsWith("bob");
    }
  }

  @Test
  void onlyMeasuresIfEveryHitIsExplored() {
    GovernedMethod method =
        method("{semantic: true, max-error-rate: 0.1, exploration: 1}", QUESTION);

    for (int i = 0; i < ENOUGH && !codes.contains("semantic_explored"); i++) {
      ask(method, i);
    }

    assertThat(codes).contains("semantic_explored").doesNotContain("semantic_hit");
    assertThat(method.counts().get(Event.CACHE_HIT)).isZero();
  }

  @Test
  void measuresAndChangesNothingInObserveMode() {
    GovernedMethod method = method("observe", "{semantic: true, max-error-rate: 0.1}", QUESTION);

    int asked = 0;
    while (asked < ENOUGH && !codes.contains("semantic_explored")) {
      ask(method, asked++ % 100); // the same questions again
    }

    assertThat(codes).contains("semantic_explored").doesNotContain("semantic_hit");
    assertThat(runs).hasValue(asked);
    assertThat(method.policies().changeAnswers()).isFalse();
  }

  @Test
  void staysExactUnlessItIsSwitchedOn() {
    GovernedMethod method = method("{ttl: 1h}", QUESTION);

    for (int i = 0; i < 500; i++) {
      ask(method, i);
    }

    assertThat(runs).hasValue(500);
  }

  @Test
  void callsTheMethodIfThereIsNoTextToCompare() {
    GovernedMethod method =
        method("{semantic: true}", new Parameter("amount", "java.lang.Long", Role.NONE));

    Object answer = method.call(null, same -> "answer", 12L);

    assertThat(answer).isEqualTo("answer");
  }

  /** The request of a library, with a system prompt. */
  private record LibraryRequest(String system, String question) implements DescribesItself {

    @Override
    public void describe(AgentCall call) {}

    @Override
    public Map<String, ?> body() {
      return Map.of(
          "messages",
          List.of(
              Map.of("role", "system", "content", system),
              Map.of("role", "user", "content", question)));
    }

    @Override
    public Map<?, ?> body(Object answer) {
      return Map.of("message", Map.of("content", answer.toString()));
    }
  }

  /** The response of a library, which equals no other. */
  private static final class LibraryResponse {

    private final String text;

    LibraryResponse(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Test
  void comparesTheLastQuestionOfALibrarysRequestsWithTheSameSystemPrompt() {
    GovernedMethod method =
        method(
            "{semantic: true, max-error-rate: 0.1}",
            new Parameter("request", "java.lang.Object", Role.NONE),
            new Parameter("prompt", "java.lang.String", Role.PROMPT),
            new Parameter("model", "java.lang.String", Role.MODEL));
    int number = 0;
    while (runs.get() == number && number < ENOUGH) {
      askLibrary(method, "be kind", number++);
    }
    assertThat(number).isBetween(100, ENOUGH - 1);

    for (int i = 1; i <= 40; i++) {
      assertThat(askLibrary(method, "be rude", number + i)).hasToString("be rude");
    }
  }

  private Object askLibrary(GovernedMethod method, String system, int number) {
    LibraryRequest request = new LibraryRequest(system, question(number));
    return method.call(
        "model",
        same -> {
          runs.incrementAndGet();
          return new LibraryResponse(
              system.equals("be kind")
                  ? "return the " + THINGS.get(number % THINGS.size())
                  : system);
        },
        request,
        request.question(),
        "gpt-4o",
        request);
  }
}
