package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.annotations.Agent;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelProvider;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Agents in Kotlin, with its own shapes of methods, under the real agent. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KotlinTests {

  private static final List<String> LIBRARIES =
      List.of(
          Kotlin.STANDARD_LIBRARY,
          Kotlin.COROUTINES,
          "dev.langchain4j:langchain4j-core:1.19.0",
          "dev.langchain4j:langchain4j-open-ai:1.19.0",
          "org.slf4j:slf4j-nop:2.0.17");

  private static final String POLICIES =
      """
      agents:
        - match: com.acme.kotlin.PlainDesk#answer
          name: plain
          cache: {}
        - match: com.acme.kotlin.PlainDesk#typed*
          name: typed
          cache: {}
        - match: com.acme.kotlin.PlainDesk#structured
          name: structured
          cache: {}
        - match: com.acme.kotlin.PlainDesk#getMotto
          name: motto
          cache: {}
        - match: com.acme.kotlin.PlainDesk*#shared
          name: shared
          cache: {}
        - match: com.acme.kotlin.DesksKt#topLevel
          name: top
          cache: {}
        - match: com.acme.kotlin.Suspending*#*
          name: suspending
          %s
        - match: com.acme.kotlin.DesksKt#suspending
          name: suspending-top
          cache: {}
      observability:
        prometheus-port: 0
      """;

  @TempDir static Path classes;

  private static String classPath;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @BeforeAll
  static void compile() throws Exception {
    String annotations =
        Path.of(Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    String libraries = String.join(File.pathSeparator, annotations, ClassPaths.of(LIBRARIES));
    Kotlin.compile(libraries, classes);
    classPath = classes + File.pathSeparator + libraries;
  }

  private static ModelProvider.Builder provider() {
    return ModelProvider.builder()
        .answers(request -> ModelAnswer.text("answer to " + request.lastText()));
  }

  private static Child.Builder desks(Jdk jdk, String policies, ModelProvider provider)
      throws Exception {
    return Child.on(jdk)
        .onlyClassPath(classPath)
        .flags("-Xverify:all")
        .mainClass("com.acme.kotlin.DesksKt")
        .agent("mode=enforce,config=" + ConfigFile.of(POLICIES.formatted(policies)))
        .provider(provider.openAiBaseUrl());
  }

  /**
   * Every kind of compiled function is one call, and its second call is answered from the cache.
   */
  @ParameterizedTest
  @MethodSource("jdks")
  void governsFunctionsOfAllShapes(Jdk jdk) throws Exception {
    Report report = Report.create();
    try (ModelProvider provider = provider().start();
        Child child = desks(jdk, "cache: {}", provider).flags(report.flag()).start()) {
      for (int i = 0; i < 2; i++) {
        assertThat(child.ask("plain x")).isEqualTo("answer to x in English");
        assertThat(child.ask("plain-french x")).isEqualTo("answer to x in French");
        assertThat(child.ask("typed x")).isEqualTo("answer to x of anna");
        assertThat(child.ask("structured x")).isEqualTo("answer to x in French");
        assertThat(child.ask("motto -")).isEqualTo("answer to motto");
        assertThat(child.ask("shared x")).isEqualTo("answer to x");
        assertThat(child.ask("top x")).isEqualTo("answer to x");
      }
      List<String> errors = child.end();

      assertThat(provider.requests()).as("each was asked once").hasSize(7);
      assertThat(report.meter("gild_agent_requests_total", "agent"))
          .as("default arguments are not a separate call")
          .containsAllEntriesOf(
              Map.of(
                  "plain",
                  4.0,
                  "typed",
                  2.0,
                  "structured",
                  2.0,
                  "motto",
                  2.0,
                  "shared",
                  2.0,
                  "top",
                  2.0));
      assertThat(errors).noneMatch(line -> line.contains("steps aside"));
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void repeatsAFinalFunctionWithAnAnnotation(Jdk jdk) throws Exception {
    try (ModelProvider provider =
            provider().faults(Faults.script(Fault.STATUS_500, Fault.STATUS_500, Fault.OK)).start();
        Child child = desks(jdk, "observe: {}", provider).start()) {
      assertThat(child.ask("annotated x")).isEqualTo("answer to x");
      assertThat(provider.requests()).hasSize(3);
    }
  }

  /** A coroutine belongs to its call on every thread, and its caller is resumed as before. */
  @ParameterizedTest
  @MethodSource("jdks")
  void followsASuspendFunctionToItsEnd(Jdk jdk) throws Exception {
    Report report = Report.create();
    try (ModelProvider provider = provider().start();
        Child child = desks(jdk, "cache: {}", provider).flags(report.flag()).start()) {
      for (int i = 0; i < 2; i++) {
        assertThat(child.ask("at-once x")).isEqualTo("answer to x");
        assertThat(child.ask("slowly x")).isEqualTo("answer to x first, answer to x then");
        assertThat(child.ask("elsewhere x")).isEqualTo("answer to x");
        assertThat(child.ask("both x")).isEqualTo("answer to x one, answer to x other");
        assertThat(child.ask("deep x")).isEqualTo("answer to x");
        assertThat(child.ask("inside x")).isEqualTo("answer to x");
        assertThat(child.ask("defaults x")).isEqualTo("answer to x in English");
        assertThat(child.ask("typed-at-once x")).isEqualTo("answer to x");
        assertThat(child.ask("measured x")).isEqualTo("11");
        assertThat(child.ask("inherited x")).isEqualTo("answer to x indeed");
        assertThat(child.ask("suspending-top x")).isEqualTo("answer to x");
        assertThat(child.ask("fails x")).isEqualTo("threw java.lang.IllegalArgumentException");
      }
      List<String> errors = child.end();

      assertThat(errors).noneMatch(line -> line.contains("steps aside"));
      assertThat(provider.requests()).as("each was asked once").hasSize(13);
      assertThat(report.meter("gild_agent_requests_total", "agent"))
          .as("a resumption is not a call; nested calls are, also of a superclass")
          .containsEntry("suspending", 4 * 2.0 + (4 + 1) + (2 + 1) + 3 * 2 + (2 + 1 + 1) + 2)
          .containsEntry("suspending-top", 2.0);
      assertThat(report.meter("gild_http_attempts_total", "agent"))
          .as("the agents that requests are charged to, on every thread")
          .containsOnlyKeys("suspending", "suspending-top");
      report.assertEquals(provider.requests());
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void recordsTheResultOfASuspendFunctionAndNotItsSuspension(Jdk jdk) throws Exception {
    String policies =
        """
        retry: {max-attempts: 3, wait-duration: 0s}
            time-limit: {timeout-duration: 1ms}
            circuit-breaker: {minimum-number-of-calls: 2, sliding-window-size: 2}
        """;
    Faults faults =
        Faults.script(Fault.OK, Fault.STATUS_500, Fault.OK, Fault.STATUS_500, Fault.OK, Fault.OK);
    try (ModelProvider provider = provider().faults(faults).start();
        Child child = desks(jdk, policies, provider).start()) {
      for (int i = 0; i < 2; i++) {
        assertThat(child.ask("slowly x"))
            .isEqualTo("threw dev.langchain4j.exception.InternalServerException");
      }
      assertThat(child.ask("slowly x")).isEqualTo("threw io.gild.core.BreakerOpen");
      assertThat(provider.requests()).as("nothing is repeated").hasSize(4);
      assertThat(child.end())
          .filteredOn(line -> line.contains("is a suspend function"))
          .singleElement()
          .asString()
          .endsWith(
              "com.acme.kotlin.SuspendingDesk#slowly is a suspend function, which Gild neither runs"
                  + " again nor ends; without effect: retry, time-limit");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void doesNotCountACancelledCoroutineAsAFailure(Jdk jdk) throws Exception {
    String policies = "circuit-breaker: {minimum-number-of-calls: 1, sliding-window-size: 1}\n";
    try (ModelProvider provider = provider().start();
        Child child = desks(jdk, policies, provider).start()) {
      assertThat(child.ask("cancelled x")).isEqualTo("cancelled with JobCancellationException");
      assertThat(child.ask("cancelled x"))
          .as("the breaker is closed")
          .isEqualTo("cancelled with JobCancellationException");
    }
  }

  /** A coroutine that continues on the resuming thread leaves the finished call. */
  @ParameterizedTest
  @MethodSource("jdks")
  void coroutineLeavesTheCallWhenItsFunctionEnds(Jdk jdk) throws Exception {
    String twice = "answer to x first, answer to x then";
    try (ModelProvider provider = provider().start();
        Child child = desks(jdk, "cache: {}", provider).start()) {
      assertThat(child.ask("unconfined x")).isEqualTo(twice + ", " + twice);
      assertThat(provider.requests()).as("the second one is remembered").hasSize(2);
    }
    try (ModelProvider provider = provider().start();
        Child child = desks(jdk, "cache: {}", provider).start()) {
      assertThat(child.ask("undispatched x")).isEqualTo(twice + ", " + twice);
      assertThat(provider.requests()).as("the second one is remembered").hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void ignoresUnknownCoroutines(Jdk jdk) throws Exception {
    Path config = ConfigFile.of("agents: [{match: 'com.acme.bare.BareDesk#*', cache: {}}]");
    String standardAlone =
        classes + File.pathSeparator + ClassPaths.of(List.of(Kotlin.STANDARD_LIBRARY));
    try (Child child =
        Child.on(jdk)
            .onlyClassPath(standardAlone)
            .mainClass("com.acme.bare.BareKt")
            .agent("mode=enforce,config=" + config)
            .start()) {
      assertThat(child.ask("x")).isEqualTo("answer 1 to x");
      assertThat(child.ask("x")).isEqualTo("answer 2 to x");
      assertThat(child.end())
          .filteredOn(line -> line.contains("steps aside"))
          .singleElement()
          .asString()
          .contains("Reading Kotlin's coroutines", "kotlinx.coroutines");
    }
  }
}
