package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.shapes.AdkProgram;
import com.acme.shapes.AnthropicProgram;
import com.acme.shapes.BedrockProgram;
import com.acme.shapes.GeminiProgram;
import com.acme.shapes.LangChain4jOllamaProgram;
import com.acme.shapes.LangChain4jProgram;
import com.acme.shapes.OpenAiProgram;
import com.acme.shapes.Program;
import com.acme.shapes.ShapeMain;
import com.acme.shapes.SpringAiOllamaProgram;
import com.acme.shapes.SpringAiProgram;
import com.fasterxml.jackson.databind.JsonNode;
import io.gild.testkit.ShapeProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs one program plain, with the agent in {@code observe}, and with it in {@code enforce} under
 * policies that never trigger, against answers of random shapes: all that the program can see is the
 * same, and what Gild counts is what the provider counted.
 */
class DifferenceTests {

  /** A row of {@code docs/libraries.md}. */
  enum Library {
    OPENAI(OpenAiProgram.class, true, "com.openai:openai-java:4.101.0"),
    ANTHROPIC(AnthropicProgram.class, false, "com.anthropic:anthropic-java:3.12.0"),
    LANGCHAIN4J(
        LangChain4jProgram.class,
        true,
        "dev.langchain4j:langchain4j-core:1.20.0",
        "dev.langchain4j:langchain4j:1.19.0",
        "dev.langchain4j:langchain4j-open-ai:1.19.0"),
    LANGCHAIN4J_OLLAMA(
        LangChain4jOllamaProgram.class,
        false,
        "dev.langchain4j:langchain4j-ollama:1.18.1",
        "dev.langchain4j:langchain4j:1.18.1",
        "dev.langchain4j:langchain4j-open-ai:1.18.1"),
    SPRING_AI(
        SpringAiProgram.class,
        true,
        "org.springframework.ai:spring-ai-openai:2.0.1",
        "com.fasterxml.jackson.core:jackson-annotations:2.21"),
    SPRING_AI_OLLAMA(
        SpringAiOllamaProgram.class,
        false,
        "org.springframework.ai:spring-ai-ollama:2.0.1",
        "org.springframework.ai:spring-ai-openai:2.0.1",
        "com.fasterxml.jackson.core:jackson-annotations:2.21"),
    GEMINI(GeminiProgram.class, false, "com.google.genai:google-genai:1.70.0"),
    ADK(AdkProgram.class, false, "com.google.adk:google-adk:1.8.0"),
    BEDROCK(BedrockProgram.class, false, "software.amazon.awssdk:bedrockruntime:2.54.14");

    private final Class<? extends Program> program;
    private final boolean openAi;
    private final List<String> coordinates;

    Library(Class<? extends Program> program, boolean openAi, String... coordinates) {
      this.program = program;
      this.openAi = openAi;
      this.coordinates = new ArrayList<>(List.of(coordinates));
      this.coordinates.add("org.slf4j:slf4j-nop:2.0.17");
    }
  }

  /** Of each library in a build; more on demand. */
  private static final String SEEDS = System.getProperty("gild.difference.seeds", "1..100");

  private static final String ENFORCED =
      """
      mode: enforce
      models:
        retry:
          max-attempts: 3
          wait-duration: 0s
          retry-exceptions: [java.util.zip.ZipException]
        circuit-breaker: {minimum-number-of-calls: 1000000, sliding-window-size: 1000000}
        bulkhead: {max-concurrent-calls: 100000}
        time-limit: {timeout-duration: 10m}
      """;

  /** What one child printed, by way and seed, and what it counted and was served. */
  private record Run(Map<String, String> seen, String threads, Map<String, String> counted) {}

  @ParameterizedTest
  @EnumSource
  void theProgramSeesTheSameWithGildAsWithout(Library library) throws Exception {
    Run plain = run(library, null);
    Run observed = run(library, "mode: observe\n");
    Run enforced = run(library, ENFORCED);

    List<String> differences = new ArrayList<>();
    compare(library, "observe", plain.seen(), observed.seen(), differences);
    compare(library, "enforce", plain.seen(), enforced.seen(), differences);
    compare(library, "counts in observe", plain.counted(), observed.counted(), differences);
    compare(library, "counts in enforce", plain.counted(), enforced.counted(), differences);
    assertThat(differences).isEmpty();
    assertThat(observed.threads()).isEqualTo(plain.threads());
    assertThat(enforced.threads()).isEqualTo(plain.threads());
  }

  private static void compare(
      Library library,
      String what,
      Map<String, String> expected,
      Map<String, String> found,
      List<String> differences) {
    expected.forEach((key, value) -> {
      String other = found.get(key);
      if (!value.equals(other)) {
        String seed = key.substring(key.lastIndexOf('-') + 1);
        differences.add(
            "%s of %s differs in %s: -Dit.test=DifferenceTests#*[%d]* -Dgild.test.args=-Dgild.difference.seeds=%s%n  without: %s%n  with:    %s"
                .formatted(key, library, what, library.ordinal() + 1, seed, around(value, other), around(other, value)));
      }
    });
  }

  /** Shows where a text differs from another one. */
  private static String around(String text, String other) {
    if (text == null || other == null) {
      return String.valueOf(text);
    }
    int at = 0;
    while (at < Math.min(text.length(), other.length()) && text.charAt(at) == other.charAt(at)) {
      at++;
    }
    return "…" + text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 240));
  }

  private static Run run(Library library, String yaml) throws Exception {
    Jdk jdk = Jdk.all().stream().max(Comparator.comparingInt(Jdk::feature)).orElseThrow();
    Report report = Report.create();
    try (ShapeProvider provider = ShapeProvider.start()) {
      Child.Builder builder =
          Child.on(jdk)
              .classPath(ClassPaths.of(library.coordinates))
              .main(ShapeMain.class, library.program.getName())
              .flags("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8")
              .provider(library.openAi ? provider.openAiBaseUrl() : provider.baseUrl());
      if (yaml != null) {
        builder.flags(report.flag()).agent("config=" + ConfigFile.of(yaml));
      }
      Map<String, String> seen = new LinkedHashMap<>();
      String threads;
      try (Child child = builder.start()) {
        for (String seed : seeds()) {
          child.say(seed);
          for (String line = child.hear(); !line.isEmpty(); line = child.hear()) {
            int space = line.indexOf(' ');
            seen.put(line.substring(0, space) + "-" + seed, line.substring(space + 1));
          }
        }
        threads = child.ask("threads");
        child.end();
      }
      return new Run(seen, threads, yaml == null ? served(provider) : counted(report, provider));
    }
  }

  private static List<String> seeds() {
    String[] bounds = SEEDS.split("\\.\\.");
    List<String> seeds = new ArrayList<>();
    long last = Long.parseLong(bounds[bounds.length - 1]);
    for (long seed = Long.parseLong(bounds[0]); seed <= last; seed++) {
      seeds.add(String.valueOf(seed));
    }
    return seeds;
  }

  /** Returns what the provider counted, by model. */
  private static Map<String, String> served(ShapeProvider provider) {
    Map<String, String> served = new TreeMap<>();
    provider
        .served()
        .forEach(answer ->
            served.merge(
                answer.model(),
                answer.inputTokens() + " in, " + answer.outputTokens() + " out",
                (one, other) -> one + " and " + other));
    return served;
  }

  private static Map<String, String> counted(Report report, ShapeProvider provider)
      throws Exception {
    assertThat(report.json().path("httpAttempts").asInt()).isEqualTo(provider.served().size());
    Map<String, String> counted = new TreeMap<>();
    for (JsonNode model : report.json().path("models")) {
      counted.merge(
          model.path("model").asText(),
          model.path("inputTokens").asLong() + " in, " + model.path("outputTokens").asLong() + " out",
          (one, other) -> one + " and " + other);
    }
    return counted;
  }
}
