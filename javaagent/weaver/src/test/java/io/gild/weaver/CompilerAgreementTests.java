package io.gild.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.compiler.GildProcessor;
import io.gild.core.AgentRegistry;
import io.gild.core.MethodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiler reads annotations in the source, the weaver in the class file: both must agree. */
class CompilerAgreementTests {

  private static final String EVERYTHING =
      """
      package com.acme;

      import io.gild.annotations.*;
      import java.util.List;
      import java.util.concurrent.CompletionStage;

      @Agent(name = "everything", version = "3", description = "Bears all of them.")
      public class Everything {

        @Cached(ttl = "5m", maximumSize = 20, key = {"question", "tenant"}, normalize = true)
        @Routed(strategy = Routed.Strategy.FIXED, tiers = {"small", "large"})
        @CostTracked(model = "gpt-5-mini")
        @RateLimit(limitForPeriod = 7, limitRefreshPeriod = "2s", timeoutDuration = "1s")
        @Bulkhead(maxConcurrentCalls = 3, maxWaitDuration = "10ms")
        @Retry(maxAttempts = 4, multiplier = 1.5, randomizedWaitFactor = 0.25,
            ignoreExceptions = Trouble.class)
        @CircuitBreaker(failureRateThreshold = 12.5f, ignoreExceptions = {Trouble.class, Error.class})
        @TimeLimit(timeoutDuration = "3s", cancelRunningFuture = false)
        @Fallback(answer = "later")
        public String answer(
            long effort, @Prompt String question, @Tenant String tenant, @Session String session,
            @Model String model) {
          return question;
        }

        @Retry
        @CircuitBreaker
        <K extends Comparable<K>> CompletionStage<K> pick(List<? extends K> choices, K[][] more) {
          return null;
        }

        @Bulkhead
        int varied(double weight, String first, String... rest) {
          return 1;
        }

        @SideEffect
        void pay(Trouble trouble, int[] amounts) {}

        @Idempotent
        @SideEffect
        void payOnce(String order) {}

        @GoldenTask(id = "one", input = "x", expected = "y")
        String golden(String question) {
          return question;
        }

        String plain(String question) {
          return question;
        }

        static class Trouble extends RuntimeException {}

        static class Nested {
          @Fallback(method = "instead")
          String ask(String question) {
            return question;
          }

          String instead(String question) {
            return question;
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void theCompilerAndTheWeaverReadTheSameOfAClass() throws Exception {
    compile(Files.writeString(folder.resolve("Everything.java"), EVERYTHING));

    assertThat(registry("com.acme.Everything")).hasSize(6).isEqualTo(woven("Everything"));
    assertThat(registry("com.acme.Everything$Nested"))
        .hasSize(1)
        .isEqualTo(woven("Everything$Nested"));
  }

  @Test
  void methodsThatTheBuildWoveAreNotWovenAgain() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("Done.java"),
            """
            package com.acme;
            import io.gild.annotations.*;
            class Done {
              @Retry @Woven String answer(String question) { return question; }
              @Retry String other(String question) { return question; }
            }
            """);
    compile(file);

    assertThat(woven("Done")).extracting(MethodSpec::methodName).containsExactly("other");
  }

  private List<MethodSpec> registry(String type) throws IOException {
    return AgentRegistry.parse(
        Files.readString(folder.resolve(AgentRegistry.FOLDER + type + ".json")));
  }

  private List<MethodSpec> woven(String file) throws IOException {
    ClassShape shape =
        ClassShapeReader.read(Files.readAllBytes(folder.resolve("com/acme/" + file + ".class")));
    String said = shape.agent().name();
    String agent = said.isEmpty() ? ClassNames.simple(shape.name()) : said;
    return shape.methods().stream()
        .filter(ClassShape.Method::annotated)
        .map(method -> TargetFinder.spec(shape, method, agent))
        .toList();
  }

  private void compile(Path source) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "-g", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-nowarn");
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          javac.getTask(null, files, null, options, null, files.getJavaFileObjects(source));
      task.setProcessors(List.of(new GildProcessor()));
      assertThat(task.call()).isTrue();
    }
  }
}
