package io.gild.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gild.gates.Outcome;
import io.gild.gates.ResultLog;
import io.gild.gates.Spent;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.DeclaredAgent.DeclaredMethod;
import io.gild.golden.DeclaredAgent.DeclaredParameter;
import io.gild.golden.GoldenSet;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GoldenExecutorTests {

  private static final String ANSWER = "(Ljava/lang/String;)Ljava/lang/String;";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "throw | ERROR | the agent threw java.lang.IllegalStateException: no idea",
        "hang | TIMED_OUT | no answer within 500ms; it was in io.gild.evaluation.Moods.answer",
        "overflow | ERROR | the agent threw java.lang.StackOverflowError",
        "null | FAILED | contains: fine: the answer does not contain the expected text",
      })
  void aMisbehavingAgentFailsOnlyItsOwnTask(String mood, Outcome outcome, String message)
      throws Exception {
    List<TaskResult> results =
        GoldenExecutor.builder()
            .options(options(1, 1))
            .build()
            .run(List.of(moods("fine", mood, "fine again")));

    assertThat(results)
        .extracting(TaskResult::outcome)
        .containsExactly(Outcome.PASSED, outcome, Outcome.PASSED);
    assertThat(results.get(1).message()).startsWith(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theEndOfAWorkersJvmFailsOnlyItsOwnTask(int parallel) throws Exception {
    List<TaskResult> results =
        GoldenExecutor.builder()
            .options(options(parallel, 1))
            .isolated(workers())
            .build()
            .run(
                List.of(
                    moods(
                        "fine",
                        "exit",
                        "fine a",
                        "halt",
                        "fine b",
                        "stubborn",
                        "fine c",
                        "flood",
                        "fine d")));

    assertThat(results)
        .extracting(TaskResult::outcome)
        .containsExactly(
            Outcome.PASSED,
            Outcome.ERROR,
            Outcome.PASSED,
            Outcome.ERROR,
            Outcome.PASSED,
            Outcome.TIMED_OUT,
            Outcome.PASSED,
            Outcome.FAILED,
            Outcome.PASSED);
    assertThat(results.get(1).message()).isEqualTo("the agent ended its JVM with exit status 3");
    assertThat(results.get(3).message())
        .isEqualTo("the agent ended its JVM with exit status 4; its last line: out of paper");
    assertThat(results.get(7).answer()).isEqualTo("turn 1: flood");
  }

  @ParameterizedTest
  @CsvSource({"fine, true", "free, true", "unpriced, false", "silent, false"})
  void aCostIsKnownIfEachModelHasAPriceAndReportedItsTokens(String mood, boolean known)
      throws Exception {
    List<TaskResult> results =
        GoldenExecutor.builder().options(options(1, 1)).build().run(List.of(moods(mood)));

    assertThat(results)
        .extracting(TaskResult::spent)
        .extracting(Spent::costUsd, Spent::costKnown)
        .containsExactly(tuple(BigDecimal.valueOf(0, 9), known));
  }

  @Test
  void reportsWhyAJvmDoesNotStart() throws Exception {
    WorkerCommand broken =
        new WorkerCommand(java(), List.of("-XX:NoSuchOption"), classPath(), List.of(), folder);

    List<TaskResult> results =
        GoldenExecutor.builder().isolated(broken).build().run(List.of(moods("fine")));

    assertThat(results)
        .singleElement()
        .satisfies(result -> {
          assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
          assertThat(result.message()).contains("did not start").contains("with exit status 1");
        });
  }

  @Test
  void repeatsMakeAnAgentEachAndHaveSeedsOfTheirOwn() throws Exception {
    List<TaskResult> results =
        GoldenExecutor.builder().options(options(1, 3)).build().run(List.of(moods("fine")));

    assertThat(results).extracting(TaskResult::repeat).containsExactly(1, 2, 3);
    assertThat(results).extracting(TaskResult::seed).containsExactly(7L, 8L, 9L);
    assertThat(results).extracting(TaskResult::answer).containsOnly("turn 1: fine");
  }

  @Test
  void aConversationHasOneAgent() throws Exception {
    GoldenSet set =
        set(
            method("answer", ANSWER, "mood"),
            Map.of(
                "id", "talk",
                "turns", List.of("hello", "and now"),
                "checks", List.of("contains: 'turn 2: and now'")));

    TaskResult result = GoldenExecutor.builder().build().run(List.of(set)).get(0);

    assertThat(result.passed()).as(result.message()).isTrue();
    assertThat(result.input()).isEqualTo("1. hello\n2. and now");
  }

  @Test
  void namedInputsBecomeObjects() throws Exception {
    DeclaredMethod order =
        new DeclaredMethod(
            "order",
            "(Lio/gild/evaluation/Moods$Order;Ljava/util/List;Ljava/util/Map;Ljava/lang/String;)Ljava/lang/String;",
            List.of(
                new DeclaredParameter("order", "io.gild.evaluation.Moods$Order", "none"),
                new DeclaredParameter("notes", "java.util.List", "none"),
                new DeclaredParameter("prices", "java.util.Map", "none"),
                new DeclaredParameter("session", "java.lang.String", "session")),
            List.of(
                Map.of(
                    "id", "order",
                    "input",
                        Map.of(
                            "order", Map.of("item", "shoes", "count", 2),
                            "notes", List.of("red", "fast"),
                            "prices", Map.of("shoes", 30)),
                    "expected", "2 shoes [red, fast] {shoes=30} golden-moods-order-1-1")));
    DeclaredAgent agent =
        new DeclaredAgent("moods", "", "", Moods.class.getName(), null, List.of(order));

    TaskResult result =
        GoldenExecutor.builder().build().run(List.of(GoldenSet.of(agent, path -> null))).get(0);

    assertThat(result.passed()).as(result.message()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "later, (Ljava/lang/String;)Ljava/util/concurrent/CompletableFuture;, ABC",
    "pieces, (Ljava/lang/String;)Ljava/util/stream/Stream;, abc"
  })
  void awaitsAsynchronousAndStreamedAnswers(String name, String descriptor, String expected)
      throws Exception {
    GoldenSet set =
        set(
            method(name, descriptor, "text"),
            Map.of("id", "a", "input", List.of("abc"), "expected", expected));

    assertThat(GoldenExecutor.builder().build().run(List.of(set)).get(0).message()).isEmpty();
  }

  @Test
  void continuesABrokenRunWhereItEnded() throws Exception {
    Path file = folder.resolve("run.jsonl");
    GoldenExecutor.builder()
        .options(options(1, 2))
        .log(new ResultLog(file))
        .only(Set.of(new TaskKey("moods", "fine")))
        .build()
        .run(List.of(moods("fine", "well")));
    List<Integer> told = new ArrayList<>();

    List<TaskResult> results =
        GoldenExecutor.builder()
            .options(options(1, 2))
            .log(new ResultLog(file))
            .resume(ResultLog.read(file).results())
            .progress((result, done, total) -> told.add(done * 100 + total))
            .build()
            .run(List.of(moods("fine", "well")));

    assertThat(told).containsExactly(304, 404);
    assertThat(results).hasSize(4);
    assertThat(ResultLog.read(file).results()).containsExactlyElementsOf(results);
  }

  @Test
  void theFirstFailureEndsAFailFastRun() throws Exception {
    EvaluationOptions failFast =
        new EvaluationOptions(1, Duration.ofSeconds(5), 1, 0, 1, Set.of(), true);

    List<TaskResult> results =
        GoldenExecutor.builder()
            .options(failFast)
            .build()
            .run(List.of(moods("fine", "throw", "well")));

    assertThat(results)
        .extracting(TaskResult::outcome)
        .containsExactly(Outcome.PASSED, Outcome.ERROR, Outcome.SKIPPED);
  }

  @Test
  void reportsARetry() throws Exception {
    EvaluationOptions retrying =
        new EvaluationOptions(1, Duration.ofSeconds(5), 1, 2, 1, Set.of(), false);

    TaskResult result =
        GoldenExecutor.builder().options(retrying).build().run(List.of(moods("throw"))).get(0);

    assertThat(result.message()).startsWith("try 3; before: the agent threw");
  }

  @Test
  void tenThousandTasksAtEightAtATimeAllHaveTheirResult() throws Exception {
    String[] moods = new String[10_000];
    for (int i = 0; i < moods.length; i++) {
      moods[i] = "fine " + i;
    }

    List<TaskResult> results =
        GoldenExecutor.builder().options(options(8, 1)).build().run(List.of(moods(moods)));

    assertThat(results).hasSize(10_000).allMatch(TaskResult::passed);
    assertThat(results).extracting(result -> result.key().task()).doesNotHaveDuplicates();
  }

  private static EvaluationOptions options(int parallel, int repeats) {
    return new EvaluationOptions(parallel, Duration.ofMillis(500), repeats, 0, 7, Set.of(), false);
  }

  /** One task per mood, which passes if the answer shows a good one. */
  private static GoldenSet moods(String... moods) {
    List<Map<String, Object>> tasks = new ArrayList<>();
    for (String mood : moods) {
      Map<String, Object> task = new LinkedHashMap<>();
      task.put("id", mood.replace(' ', '-'));
      task.put("input", List.of(mood));
      task.put("expected", mood.startsWith("well") ? "well" : "fine");
      task.put("validator", "contains");
      task.put("timeout", mood.startsWith("fine") ? "30s" : "500ms");
      if (mood.equals("flood") || mood.equals("exit") || mood.equals("halt")) {
        task.put("timeout", "30s");
      }
      tasks.add(task);
    }
    DeclaredMethod method =
        new DeclaredMethod(
            "answer",
            ANSWER,
            List.of(new DeclaredParameter("mood", "java.lang.String", "prompt")),
            tasks);
    return set(method);
  }

  private static DeclaredMethod method(String name, String descriptor, String parameter) {
    return new DeclaredMethod(
        name,
        descriptor,
        List.of(new DeclaredParameter(parameter, "java.lang.String", "prompt")),
        List.of());
  }

  private static GoldenSet set(DeclaredMethod method, Map<String, Object> task) {
    return set(
        new DeclaredMethod(method.name(), method.descriptor(), method.parameters(), List.of(task)));
  }

  private static GoldenSet set(DeclaredMethod method) {
    GoldenSet set =
        GoldenSet.of(
            new DeclaredAgent("moods", "", "", Moods.class.getName(), null, List.of(method)),
            path -> null);
    assertThat(set.problems()).isEmpty();
    return set;
  }

  private WorkerCommand workers() throws IOException {
    return new WorkerCommand(
        java(), List.of("-Xmx256m"), classPath(), List.of(), Files.createDirectories(folder));
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
