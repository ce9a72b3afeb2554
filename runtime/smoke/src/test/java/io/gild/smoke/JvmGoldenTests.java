package io.gild.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.CallEnded;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.judging.ScorePair;
import io.gild.operations.RolloutException;
import io.gild.operations.RolloutPlan;
import io.gild.operations.RolloutRecord;
import io.gild.operations.RolloutState;
import io.gild.operations.Rollouts;
import io.gild.operations.spi.TelemetrySource;
import io.gild.operations.spi.VersionTester;
import io.gild.versions.Variant;
import io.gild.versions.VersionSplit;
import io.gild.versions.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden tasks of two versions in one JVM. */
class JvmGoldenTests {

  @TempDir Path folder;

  private final VersionTester tester = new HttpVersionTester();
  private GildRuntime runtime;
  private Clerk clerk;
  private int customers;

  /** An agent whose calls are governed, as those of a generated wrapper. */
  static final class Clerk {

    private final GovernedMethod method;
    final Set<String> sessions = ConcurrentHashMap.newKeySet();

    Clerk(GildRuntime runtime) {
      this.method =
          runtime.method(
              new MethodSpec(
                  CallKind.AGENT,
                  "clerk",
                  "1",
                  Clerk.class.getName(),
                  "answer",
                  "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
                  List.of(
                      new Parameter("session", "java.lang.String", Role.SESSION),
                      new Parameter("question", "java.lang.String", Role.PROMPT)),
                  Effect.NONE,
                  PolicyTree.empty()));
    }

    String answer(String session, String question) {
      return (String) method.call(this, this::present, session, question);
    }

    private String present(Object[] given) {
      sessions.add((String) given[0]);
      return given[1].equals("When?") ? "30 days" : "hello";
    }
  }

  /** Its next version, which answers golden tasks wrongly and callers rightly. */
  static final class Wrong {

    String answer(String session, String question) {
      return question.equals("When?") ? "never" : "hello";
    }
  }

  /** A next version that is as good. */
  static final class Right {

    String answer(String session, String question) {
      return question.equals("When?") ? "within 30 days" : "hello";
    }
  }

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        folder.resolve("tasks.yaml"),
        "- {id: refund, input: When?, expected: 30 days, validator: contains}\n");
  }

  @AfterEach
  void stop() {
    if (runtime != null) {
      runtime.close();
    }
  }

  private Settings settings(Class<?> next, String golden) {
    return settings(next, golden, "100ms");
  }

  private Settings settings(Class<?> next, String golden, String step) {
    String yaml =
        """
        data: %s
        rollout-defaults: {interval: 5ms, step-duration: %s, keep-warm: 100ms}
        rollouts:
          clerk-2:
            agent: clerk
            steps: [50, 100]
            stable: {version: '1'}
            canary: {version: '2', implementation: '%s'}
            golden: %s
            criteria:
              error-rate: {tolerance: 0.2, min-calls: 5}
              golden-score: {tolerance: 0.2, min-calls: 5}
        """
            .formatted(
                folder.resolve("data"),
                step,
                next.getName(),
                golden.replace("TASKS", folder.resolve("tasks.yaml").toString()));
    return Settings.builder().yaml("gild.yaml", yaml).build();
  }

  private void run(Settings settings) {
    runtime =
        GildRuntime.builder()
            .discover(JvmGoldenTests.class.getClassLoader())
            .settings(settings)
            .build();
    clerk = new Clerk(runtime);
  }

  private RolloutRecord askUntilOver() throws Exception {
    Rollouts rollouts = new Rollouts(folder.resolve("data/rollouts"));
    rollouts.request("clerk-2", Rollouts.Request.START, "ada", "");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      for (int i = 0; i < 20; i++) {
        assertThat(clerk.answer("customer " + ++customers, "Hi")).isEqualTo("hello");
      }
      RolloutRecord record = rollouts.find("clerk-2");
      if (record != null && record.state().isFinal()) {
        return record;
      }
      assertThat(System.nanoTime()).as("the end of " + record).isLessThan(deadline);
      Thread.sleep(1);
    }
  }

  @Test
  void takesAVersionBackThatOnlyAnswersGoldenTasksWrongly() throws Exception {
    run(settings(Wrong.class, "{tasks: TASKS, every: 2ms}", "1h"));
    LongAdder callers = new LongAdder();
    LongAdder shadows = new LongAdder();
    runtime
        .events()
        .subscribe(CallEnded.class, call -> (call.shadow() ? shadows : callers).increment());

    RolloutRecord record = askUntilOver();

    assertThat(record.state()).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(record.reason()).contains("golden-score");
    assertThat(callers.sum() % 20).as("the calls of callers come in twenties").isZero();
    assertThat(shadows.sum()).isPositive();
    assertThat(clerk.sessions).anyMatch(each -> each.startsWith("gild-golden-"));
    assertThat(clerk.answer("customer", "When?")).isEqualTo("30 days");
  }

  @Test
  void countsNoGoldenTaskAsACall() throws Exception {
    run(settings(Right.class, "{tasks: TASKS, every: 1ms}"));

    RolloutRecord record = askUntilOver();

    assertThat(record.state()).isEqualTo(RolloutState.PROMOTED);
    VersionSplit split = Versions.of(runtime).splits().get(0);
    assertThat(split.counts().stable() + split.counts().canary()).isPositive();
    assertThat((split.counts().stable() + split.counts().canary()) % 20)
        .as("the calls of callers come in twenties")
        .isZero();
  }

  private List<ScorePair> pairs(TelemetrySource golden, int count) throws Exception {
    List<ScorePair> read = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (read.size() < count) {
      assertThat(System.nanoTime()).as("pairs").isLessThan(deadline);
      read.addAll(golden.read().golden());
      Thread.sleep(1);
    }
    return read;
  }

  @Test
  void waitsForTheFirstCallOfTheApplication() throws Exception {
    Settings settings = settings(Wrong.class, "{tasks: TASKS, every: 1ms}");
    runtime = GildRuntime.builder().build();
    VersionSplit split =
        Versions.of(runtime)
            .split("r", "clerk", Variant.named("2").implementation(Wrong.class.getName()));
    try (TelemetrySource golden =
        tester.golden(RolloutPlan.of(settings, "clerk-2"), settings, split::trials)) {
      assertThat(golden.read().golden()).isEmpty();
      assertThat(golden.unhealthy(true)).isEmpty();
      clerk = new Clerk(runtime);
      clerk.answer("customer", "Hi");

      assertThat(pairs(golden, 5)).allMatch(each -> each.equals(new ScorePair("refund", 1, 0)));
    }
  }

  @Test
  void scoresAVersionThatThrowsWithZero() throws Exception {
    Settings settings = settings(Failing.class, "{tasks: TASKS, every: 1ms}");
    runtime = GildRuntime.builder().build();
    VersionSplit split =
        Versions.of(runtime)
            .split("r", "clerk", Variant.named("2").implementation(Failing.class.getName()));
    clerk = new Clerk(runtime);
    try (TelemetrySource golden =
        tester.golden(RolloutPlan.of(settings, "clerk-2"), settings, split::trials)) {
      golden.read();
      clerk.answer("customer", "Hi");

      assertThat(pairs(golden, 5)).allMatch(each -> each.equals(new ScorePair("refund", 1, 0)));
    }
  }

  /** A next version that fails. */
  static final class Failing {

    String answer(String session, String question) {
      throw new IllegalStateException("down");
    }
  }

  @Test
  void rejectsGoldenTasksThatCannotBeAsked() {
    assertRejected("{tasks: /no/such/tasks.yaml}", "does not exist");
    assertRejected("{every: 1s}", "clerk-2.golden.tasks must name a file");
    assertRejected("{tasks: TASKS, path: /a, body: '{input}'}", "must not have path and body");
  }

  private void assertRejected(String golden, String reason) {
    Settings settings = settings(Right.class, golden);
    assertThatExceptionOfType(RolloutException.class)
        .isThrownBy(() ->
            tester.golden(
                RolloutPlan.of(settings, "clerk-2"),
                settings,
                () -> {
                  throw new AssertionError("asked before the first reading");
                }))
        .withMessageContaining(reason);
  }
}
