package io.gild.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.AgentCard;
import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aServer;
import io.gild.annotations.HandOffs;
import io.gild.annotations.Parallel;
import io.gild.annotations.Pipeline;
import io.gild.annotations.Repeated;
import io.gild.annotations.Supervised;
import io.gild.annotations.Voting;
import io.gild.annotations.WorkflowInterface;
import io.gild.annotations.WorkflowStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredWorkflowTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Orchestrator orchestrator = Orchestrator.builder().build();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    orchestrator.close();
  }

  record Draft(String text, int length) {}

  /** An agent without any annotation or supertype. */
  class Researcher {
    String research(String topic) {
      seen.add("research " + topic);
      return "notes on " + topic;
    }

    void forget(String topic, String notes) {
      seen.add("forget " + topic + ": " + notes);
    }
  }

  static class Writer {
    final AtomicInteger calls = new AtomicInteger();
    private int failures;

    Writer failing(int times) {
      failures = times;
      return this;
    }

    public CompletionStage<Draft> write(String notes, StepContext context) throws Exception {
      if (calls.incrementAndGet() <= failures) {
        throw new java.io.IOException("not yet");
      }
      return java.util.concurrent.CompletableFuture.completedFuture(
          new Draft(notes + " at " + context.path(), notes.length()));
    }
  }

  @FunctionalInterface
  interface Reviewer {
    String review(Draft draft);
  }

  @WorkflowInterface(name = "article", version = "2")
  interface ArticleFlow {
    @Pipeline({
      @WorkflowStep(agent = Researcher.class, method = "research", compensateBy = "forget"),
      @WorkflowStep(agent = Writer.class, maxAttempts = 3, timeLimit = "1m"),
      @WorkflowStep(agent = Reviewer.class)
    })
    String write(String topic);

    @Pipeline({
      @WorkflowStep(workflow = "write"),
      @WorkflowStep(agent = Printer.class, approval = "Print {input}?")
    })
    WorkflowRun<String> print(String topic, RunOptions options);

    default String twice(String topic) {
      return write(topic) + write(topic);
    }
  }

  interface Printer {
    String print(String text);
  }

  private ArticleFlow article(Writer writer, Reviewer reviewer, Orchestrator on) {
    Printer printer = text -> text + ", printed";
    return Workflows.of(ArticleFlow.class)
        .with(new Researcher(), writer, reviewer, printer)
        .on(on)
        .build();
  }

  @Test
  void passesResultsThroughTheStepsOfAnInterface() {
    ArticleFlow flow = article(new Writer(), draft -> draft.text() + "!", orchestrator);
    assertThat(flow.write("gold")).isEqualTo("notes on gold at write!");
    assertThat(flow.twice("tin")).isEqualTo("notes on tin at write!notes on tin at write!");
    assertThat(flow).isEqualTo(flow).hasToString("workflows of " + ArticleFlow.class.getName());
  }

  @Test
  void repeatsAStepAsAnnotated() {
    Writer writer = new Writer().failing(2);
    assertThat(article(writer, Draft::text, orchestrator).write("x")).startsWith("notes on x");
    assertThat(writer.calls).hasValue(3);
  }

  @Test
  void undoesStepsByTheMethodOfTheAgent() {
    ArticleFlow flow =
        article(
            new Writer(),
            draft -> {
              throw new IllegalStateException("too short");
            },
            orchestrator);
    assertThatThrownBy(() -> flow.write("gold"))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("too short");
    assertThat(seen).containsExactly("research gold", "forget gold: notes on gold");
  }

  @Test
  void asksAPersonBeforeAStepAndGoesOnAfterARestart(@TempDir Path folder) throws Exception {
    try (Orchestrator first = Orchestrator.builder().folder(folder).build()) {
      WorkflowRun<String> run =
          article(new Writer(), Draft::text, first).print("gold", RunOptions.id("order-1"));
      await(() -> run.record().state() == RunState.WAITING);
      assertThat(run.record().question())
          .isEqualTo("Print notes on gold at write/article.write/write?");
    }
    try (Orchestrator second = Orchestrator.builder().folder(folder).build()) {
      ArticleFlow flow = article(new Writer(), Draft::text, second);
      second.resume();
      WorkflowRun<String> same = flow.print("gold", RunOptions.id("order-1"));
      await(() -> same.decide(Decision.approve("ann")));
      assertThat(same.await(SOON)).isEqualTo("notes on gold at write/article.write/write, printed");
    }
    assertThat(seen).containsExactly("research gold");
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not happen in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  interface Voter {
    String vote(String question);
  }

  @WorkflowInterface
  interface Desk {
    @Parallel({
      @WorkflowStep(name = "a", agent = Voter.class),
      @WorkflowStep(name = "b", agent = Voter.class)
    })
    List<String> both(String question);

    @Parallel(
        value = {
          @WorkflowStep(name = "a", agent = Voter.class),
          @WorkflowStep(name = "slow", agent = Voter.class)
        },
        needed = Parallel.ANY,
        join = "first")
    CompletionStage<String> fastest(String question);

    @Voting(
        value = {
          @WorkflowStep(name = "a", agent = Voter.class),
          @WorkflowStep(name = "b", agent = Voter.class),
          @WorkflowStep(name = "c", agent = Voter.class)
        },
        choice = "upper")
    String decide(String question);

    static String first(List<String> answers) {
      return answers.get(0);
    }

    private static String upper(String answer) {
      return answer.toUpperCase(java.util.Locale.ROOT);
    }
  }

  private Desk desk() {
    Voter slow =
        question -> {
          try {
            new CountDownLatch(1).await();
            return "late";
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    Voter yes = question -> "yes";
    Voter loud = question -> "YES";
    Voter no = question -> "no";
    return Workflows.of(Desk.class)
        .agent("a", yes)
        .agent("b", no)
        .agent("c", loud)
        .agent("slow", slow)
        .on(orchestrator)
        .build();
  }

  @Test
  void joinsParallelSteps() throws Exception {
    assertThat(desk().both("?")).containsExactly("yes", "no");
    assertThat(desk().fastest("?").toCompletableFuture().get(20, TimeUnit.SECONDS))
        .isEqualTo("yes");
  }

  @Test
  void countsVotesByTheChosenProperty() {
    assertThat(desk().decide("?")).isEqualTo("yes");
  }

  static class Chief {
    public Supervision.Next decide(Supervision state) {
      return state.done().isEmpty()
          ? Supervision.delegate("count", state.task())
          : Supervision.finish(state.done().get(0).result());
    }
  }

  static class Counter {
    public int count(String text) {
      return text.length();
    }
  }

  static class Talker {
    public HandOff greet(String text) {
      return HandOff.to("end", text + " hello");
    }

    public HandOff part(String text) {
      return HandOff.done(text + " goodbye");
    }

    public String longer(String text) {
      return text + "x";
    }
  }

  @WorkflowInterface
  interface Office {
    @Supervised(
        supervisor = Chief.class,
        workers = @WorkflowStep(agent = Counter.class, description = "Counts letters"))
    int length(String text);

    @HandOffs({
      @WorkflowStep(name = "begin", agent = Talker.class, method = "greet"),
      @WorkflowStep(name = "end", agent = Talker.class, method = "part")
    })
    String talk(String text);

    @Repeated(
        value = @WorkflowStep(agent = Talker.class, method = "longer"),
        until = "isLong",
        mostRounds = 4)
    String fill(String text);

    static boolean isLong(String text) {
      return text.length() >= 3;
    }
  }

  @Test
  void supervisesHandsOverAndRepeats() {
    Office office =
        Workflows.of(Office.class)
            .with(new Chief(), new Counter(), new Talker())
            .on(orchestrator)
            .build();
    assertThat(office.length("gold")).isEqualTo(4);
    assertThat(office.talk("sir")).isEqualTo("sir hello goodbye");
    assertThat(office.fill("")).isEqualTo("xxx");
  }

  @WorkflowInterface
  interface Remote {
    @Pipeline(@WorkflowStep(name = "ask", url = "http://127.0.0.1:1/desk"))
    String ask(String question);
  }

  @Test
  void asksARemoteAgent() throws Exception {
    try (A2aServer server =
        A2aServer.builder()
            .agent(
                A2aAgent.of(
                    "desk",
                    AgentCard.builder("desk", "d").build(),
                    exchange ->
                        exchange.complete(
                            A2aMessage.ofAgent(
                                "answer to "
                                    + ((A2aPart.Text) exchange.message().parts().get(0)).text()))))
            .start()) {
      Remote remote =
          Workflows.of(Remote.class)
              .client(
                  "http://127.0.0.1:1/desk",
                  io.gild.a2a.client.A2aClient.builder(server.url()).build())
              .on(orchestrator)
              .build();
      assertThat(remote.ask("me")).isEqualTo("answer to me");
    }
  }

  @Test
  void describesWorkflowsForBuilders() throws Exception {
    Workflow<?, ?> write =
        Workflows.of(Office.class)
            .with(new Chief(), new Counter(), new Talker())
            .describe()
            .get("talk");
    assertThat(write).hasToString("workflow Office.talk 1");
  }

  abstract static class Base<T> {
    public abstract String run(T input);
  }

  static class Upper extends Base<String> {
    @Override
    public String run(String input) {
      return input.toUpperCase(java.util.Locale.ROOT);
    }
  }

  @WorkflowInterface
  interface UpperFlow {
    @Pipeline(@WorkflowStep(agent = Upper.class, method = "run"))
    String upper(String text);
  }

  @Test
  void callsAMethodThatOverridesAGenericOne() {
    UpperFlow flow = Workflows.of(UpperFlow.class).with(new Upper()).on(orchestrator).build();
    assertThat(flow.upper("gold")).isEqualTo("GOLD");
  }

  @Test
  void namesTheStepWithoutAnAgent() {
    assertThatThrownBy(() ->
            Workflows.of(Office.class).with(new Chief(), new Counter()).on(orchestrator).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs one " + Talker.class.getName())
        .hasMessageContaining("with(...)");
  }

  @Test
  void namesTheStepWithTwoAgents() {
    Voter one = question -> "";
    Voter two = question -> "";
    assertThatThrownBy(() -> Workflows.of(Desk.class).with(one, two).on(orchestrator).build())
        .hasMessageContaining("2 were given: use agent(\"");
  }

  @Test
  void rejectsAnAgentThatDoesNothing() {
    assertThatThrownBy(() ->
            Workflows.of(Office.class)
                .with(new Chief(), new Counter(), new Talker(), "text")
                .agent("nowhere", new Talker())
                .on(orchestrator)
                .build())
        .hasMessageContaining("no step uses java.lang.String, agent(\"nowhere\", ...)");
  }

  @WorkflowInterface
  interface Circle {
    @Pipeline(@WorkflowStep(workflow = "b"))
    String a(String text);

    @Pipeline(@WorkflowStep(workflow = "a"))
    String b(String text);
  }

  @WorkflowInterface
  interface Bare {
    String nothing(String text);
  }

  @Test
  void rejectsWorkflowsThatCannotRun() {
    assertThatThrownBy(() -> Workflows.of(Circle.class).on(orchestrator).build())
        .hasMessageContaining("contain each other");
    assertThatThrownBy(() -> Workflows.of(Bare.class).on(orchestrator).build())
        .hasMessageContaining("must have one of @Pipeline");
    assertThatThrownBy(() -> Workflows.of(Runnable.class).on(orchestrator).build())
        .hasMessageContaining("@WorkflowInterface");
    assertThatThrownBy(() -> Workflows.of(Bare.class).build())
        .isInstanceOf(IllegalStateException.class);
  }
}
