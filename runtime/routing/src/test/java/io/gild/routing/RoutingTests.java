package io.gild.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.AnswerJudged;
import io.gild.core.CallDecision;
import io.gild.core.CallKind;
import io.gild.core.CostSaved;
import io.gild.core.Counts.Event;
import io.gild.core.Effect;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.core.RuntimeScope;
import io.gild.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingTests {

  private static final Parameter QUESTION =
      new Parameter("question", "java.lang.String", Role.PROMPT);
  private static final Parameter TENANT = new Parameter("tenant", "java.lang.String", Role.TENANT);
  private static final Parameter MODEL = new Parameter("model", "java.lang.String", Role.MODEL);
  private static final String TEXT = "Ljava/lang/String;";

  @TempDir Path data;
  private final List<GildRuntime> runtimes = new ArrayList<>();

  @AfterEach
  void close() {
    runtimes.forEach(GildRuntime::close);
  }

  @Test
  void sendsEasyQuestionsToSmallModelsAndHardOnesToLargeModels() {
    GovernedMethod method = method("route: {}", TEXT, QUESTION, MODEL);

    assertThat(routed(method, "What is the refund policy?")).isEqualTo("tiny");
    assertThat(
            routed(
                method,
                "Compare the three mortgage offers below and explain step-by-step which one we"
                    + " should choose; why is the cheapest one not the best, and what would the"
                    + " impact of an interest of 4.5% be?\n1. 250,000 at 3.1%\n2. 240,000 at"
                    + " 3.4%\n3. 260,000 at 2.9%"))
        .isEqualTo("huge");
  }

  @Test
  void sendsRoutinePromptsToTheFirstTier() {
    GovernedMethod method = method("route: {strategy: latency}", TEXT, QUESTION, MODEL);

    assertThat(routed(method, "Thank you very much!")).isEqualTo("tiny");
    assertThat(routed(method, "Could you tell me your opening hours?")).isEqualTo("tiny");
  }

  @Test
  void continuesWithTheNextModelWhenTheChosenOneFails() {
    GovernedMethod method = method("route: {}", TEXT, QUESTION, MODEL);
    List<Object> models = new ArrayList<>();
    List<FailedOver> received = new ArrayList<>();
    method.runtime().events().subscribe(FailedOver.class, received::add);

    Object answer =
        method.call(
            null,
            arguments -> {
              models.add(arguments[1]);
              if (models.size() < 3) {
                throw new IOException("down");
              }
              return "answer";
            },
            "hello",
            null);

    assertThat(answer).isEqualTo("answer");
    assertThat(models).containsExactly("tiny", "middle", "huge");
    assertThat(method.counts().get(Event.FAILED_OVER)).isEqualTo(2);
    assertThat(received)
        .containsExactly(
            new FailedOver(method.spec(), "tiny", "middle"),
            new FailedOver(method.spec(), "middle", "huge"));
  }

  @Test
  void passesTheChosenModelAndTierToInnerCalls() {
    GovernedMethod method = method("route: {strategy: fixed, tiers: [medium]}", TEXT, QUESTION);

    Object seen =
        method.call(
            null,
            arguments -> AgentCall.current().routedModel() + " " + AgentCall.current().routedTier(),
            "hello");

    assertThat(seen).isEqualTo("middle medium");
  }

  @Test
  void logsThatAChosenModelReachesNoRequest() {
    List<String> log = new CopyOnWriteArrayList<>();
    GildLog.redirect((line, cause) -> log.add(line));

    runtime("route: {}").method(spec("lost", TEXT, QUESTION, TENANT));

    assertThat(log)
        .singleElement()
        .asString()
        .contains("lost.answer is routed", "@Model", "attach the javaagent");
  }

  @Test
  void escalatesARejectedAnswer() {
    GovernedMethod method = method("route: {strategy: cascade}", TEXT, QUESTION, MODEL);
    List<String> decisions = decisions(method);

    Object answer =
        method.call(
            null,
            arguments -> arguments[1].equals("huge") ? "Paris" : "I don't know, sorry.",
            "What is the capital of France?",
            null);

    assertThat(answer).isEqualTo("Paris");
    assertThat(method.counts().get(Event.ESCALATED)).isEqualTo(2);
    assertThat(decisions)
        .anySatisfy(
            line -> assertThat(line).contains("escalated", "to=middle", "the model does not know"))
        .noneSatisfy(line -> assertThat(line).contains("France"));
  }

  @Test
  void returnsTheAnswerOfTheLastTierEvenIfItIsRejected() {
    GovernedMethod method = method("route: {strategy: cascade}", TEXT, QUESTION, MODEL);
    List<String> decisions = decisions(method);

    assertThat(method.call(null, arguments -> "I am not sure.", "Who won?", null))
        .isEqualTo("I am not sure.");
    assertThat(method.counts().get(Event.ESCALATED)).isEqualTo(2);
    assertThat(decisions).last().asString().contains("rejected");
  }

  @Test
  void checksTheAnswerOfAFutureWhenItCompletes() throws Exception {
    GovernedMethod method =
        method(
            "route: {strategy: cascade}",
            "Ljava/util/concurrent/CompletionStage;",
            QUESTION,
            MODEL);

    Object answer =
        method.call(
            null,
            arguments ->
                CompletableFuture.supplyAsync(() -> arguments[1].equals("tiny") ? "" : "Paris"),
            "What is the capital of France?",
            null);

    assertThat(((CompletionStage<?>) answer).toCompletableFuture().get()).isEqualTo("Paris");
    assertThat(method.counts().get(Event.ESCALATED)).isEqualTo(1);
  }

  /** Rejects short answers. */
  public static final class Longer implements BiFunction<String, String, String> {
    @Override
    public String apply(String prompt, String answer) {
      return answer.length() < prompt.length() ? "shorter than the prompt" : null;
    }
  }

  @Test
  void usesTheVerifierOfTheApplication() {
    GovernedMethod method =
        method(
            "route: {strategy: cascade, verifier: " + Longer.class.getName() + "}",
            TEXT,
            QUESTION,
            MODEL);

    Object answer =
        method.call(
            null,
            arguments -> arguments[1].equals("tiny") ? "short" : "an answer of some length",
            "Who was it?",
            null);

    assertThat(answer).isEqualTo("an answer of some length");
  }

  @Test
  void namesAVerifierThatDoesNotExistAndGoesOnWithout() {
    List<String> log = new CopyOnWriteArrayList<>();
    GildLog.redirect((line, cause) -> log.add(line));
    GovernedMethod method =
        method("route: {strategy: cascade, verifier: com.acme.None}", TEXT, QUESTION, MODEL);

    assertThat(method.call(null, arguments -> "", "Who?", null)).isEqualTo("");
    assertThat(log).anySatisfy(line -> assertThat(line).contains("com.acme.None", "without it"));
  }

  @Test
  void learnsWhichPromptsTheFirstTierCannotAnswerAndRemembersIt() {
    GovernedMethod method = method("route: {strategy: learned}", TEXT, QUESTION, MODEL);
    String hard = "Which form do I need for article ";
    teach(method.runtime(), method.spec(), hard);
    assertThat(routed(method, hard + 77)).isNotEqualTo("tiny");
    assertThat(routed(method, "Where is parcel 77 now?")).isEqualTo("tiny");

    runtimes.forEach(GildRuntime::close);
    GovernedMethod after = method("route: {strategy: learned}", TEXT, QUESTION, MODEL);

    assertThat(routed(after, hard + 78)).isNotEqualTo("tiny");
    assertThat(routed(after, "Where is parcel 78 now?")).isEqualTo("tiny");
  }

  private static void teach(RuntimeScope runtime, MethodSpec spec, String hard) {
    for (int i = 0; i < 200; i++) {
      judge(runtime, spec, hard + i, false);
      judge(runtime, spec, "Where is parcel " + i + " now?", true);
    }
  }

  private static void judge(RuntimeScope runtime, MethodSpec spec, String prompt, boolean good) {
    runtime
        .events()
        .channel(AnswerJudged.class)
        .publish(new AnswerJudged(spec, prompt, "tiny", good));
  }

  @Test
  void countsRejectedAnswersAgainstTheSaving() {
    GovernedMethod method =
        runtime("route: {strategy: cascade, tiers: [cheap, dear]}")
            .method(spec("support", TEXT, QUESTION, MODEL));
    List<CostSaved> saved = new ArrayList<>();
    method.runtime().events().subscribe(CostSaved.class, saved::add);

    ask(method, "Who was the first?", "an answer");
    ask(method, "Who was the second?", "");

    long cheap = Math.round(0.15 * 1_000 + 0.6 * 100) * 1_000;
    long dear = Math.round(2.5 * 1_000 + 10 * 100) * 1_000;
    assertThat(saved).extracting(CostSaved::savedNanoUsd).containsExactly(dear - cheap, -cheap);
    assertThat(saved).extracting(CostSaved::model).containsOnly("gpt-4o");
  }

  @Test
  void savesNothingInObserveMode() {
    GovernedMethod method =
        runtime("route: {strategy: fixed, tiers: [cheap]}", "observe")
            .method(spec("support", TEXT, QUESTION, MODEL));
    List<CostSaved> saved = new ArrayList<>();
    method.runtime().events().subscribe(CostSaved.class, saved::add);

    List<Object> models = new ArrayList<>();
    method.call(
        null,
        arguments -> {
          models.add(arguments[1]);
          AgentCall.current().recordUsage("gpt-4o", Usage.of(1_000, 100));
          return "the answer";
        },
        "Who was the first?",
        "gpt-4o");

    assertThat(models).containsExactly("gpt-4o");
    assertThat(saved).isEmpty();
  }

  @Test
  void savesNothingIfTheChosenModelDidNotAnswer() {
    GovernedMethod method =
        runtime("route: {strategy: fixed, tiers: [cheap]}")
            .method(spec("support", TEXT, QUESTION, MODEL));
    List<CostSaved> saved = new ArrayList<>();
    method.runtime().events().subscribe(CostSaved.class, saved::add);

    for (String answered : List.of("gpt-4o", "gpt-4o-mini")) {
      method.call(
          null,
          arguments -> {
            AgentCall.current().recordUsage(answered, Usage.of(1_000, 100));
            return "the answer";
          },
          "Who was the first?",
          "gpt-4o");
    }

    assertThat(saved).hasSize(1).extracting(CostSaved::model).containsExactly("gpt-4o");
  }

  private static void ask(GovernedMethod method, String question, String cheapAnswer) {
    method.call(
        null,
        arguments -> {
          String model = String.valueOf(arguments[1]);
          AgentCall.current().recordUsage(model, Usage.of(1_000, 100));
          return model.equals("gpt-4o") ? "the answer" : cheapAnswer;
        },
        question,
        null);
  }

  private static List<String> decisions(GovernedMethod method) {
    List<String> decisions = new CopyOnWriteArrayList<>();
    method
        .runtime()
        .events()
        .subscribe(CallDecision.class, each -> decisions.add(each.code() + " " + each.facts()));
    return decisions;
  }

  private static Object routed(GovernedMethod method, String question) {
    return method.call(null, arguments -> arguments[1], question, null);
  }

  private GovernedMethod method(String policies, String result, Parameter... parameters) {
    return runtime(policies).method(spec("support", result, parameters));
  }

  private static MethodSpec spec(String agent, String result, Parameter... parameters) {
    return new MethodSpec(
        CallKind.AGENT,
        agent,
        "",
        "com.acme.Desk",
        "answer",
        "(" + TEXT.repeat(parameters.length) + ")" + result,
        Arrays.asList(parameters),
        Effect.NONE,
        PolicyTree.empty());
  }

  private GildRuntime runtime(String policies) {
    return runtime(policies, "enforce");
  }

  private GildRuntime runtime(String policies, String mode) {
    String tiers =
        policies.contains("cheap")
            ? "  cheap: {model: gpt-4o-mini, max-complexity: 0.5}\n  dear: {model: gpt-4o, max-complexity: 1}\n"
            : """
              local: {model: ""}
              small: {model: tiny, max-complexity: 0.2}
              medium: {model: middle, max-complexity: 0.5}
              large: {model: huge}
            """;
    String yaml =
        "mode: %s\ndata: %s\nrouting: {exploration: 0}\ntiers:\n%sagents:\n- match: com.acme.Desk#answer\n  %s\n"
            .formatted(mode, data, tiers, policies);
    GildRuntime runtime =
        GildRuntime.builder()
            .clock(ManualClock.create())
            .settings(Settings.builder().yaml("gild.yaml", yaml).build())
            .module(new RoutingModule())
            .build();
    runtimes.add(runtime);
    return runtime;
  }
}
