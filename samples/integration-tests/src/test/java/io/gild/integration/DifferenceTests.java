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
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs one program plain, with the agent in {@code observe}, and with it in {@code enforce} under
 * policies that never trigger, against answers of random shapes: all that the program can see is
 * the same, and what Gild counts is what the provider counted.
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
  private static final String SEEDS = System.getProperty("gild.difference.seeds");

  private static final String REPEATING =
      "{mode: enforce, models: {retry: {max-attempts: 2, wait-duration: 0s}}}";

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
  private record Run(Map<String, String> seen, String threads, Map<String, String> counted) {

    /** Leaves out what the library itself makes no answer of. */
    Map<String, String> countsOfAnswers() {
      Map<String, String> counts = new TreeMap<>(counted);
      counts
          .keySet()
          .removeIf(model -> FAILED.matcher(seen.get(model.replace("anthropic.", ""))).find());
      return counts;
    }
  }

  private static final Pattern FAILED =
      Pattern.compile("^threw | failed |error=|Optional\\[\\w+\\.");

  @ParameterizedTest
  @EnumSource
  void theProgramSeesTheSameWithGildAsWithout(Library library) throws Exception {
    Run plain = run(library, null);
    Run observed = run(library, "mode: observe\n");
    Run enforced = run(library, ENFORCED);

    List<String> differences = new ArrayList<>();
    compare(library, "observe", plain.seen(), observed.seen(), plain.seen().keySet(), differences);
    compare(library, "enforce", plain.seen(), enforced.seen(), plain.seen().keySet(), differences);
    Map<String, String> counts = plain.countsOfAnswers();
    compare(
        library,
        "counts in observe",
        counts,
        observed.counted(),
        plain.counted().keySet(),
        differences);
    compare(
        library,
        "counts in enforce",
        counts,
        enforced.counted(),
        plain.counted().keySet(),
        differences);
    assertThat(differences).as("%d differences", differences.size()).isEmpty();
    assertThat(observed.threads()).isEqualTo(plain.threads());
    assertThat(enforced.threads()).isEqualTo(plain.threads());
  }

  @ParameterizedTest
  @EnumSource
  void aStreamThatEndsWithoutAnyEventIsRepeated(Library library) throws Exception {
    Run plain = run(library, null, ShapeProvider.Ending.PROPER);
    Run enforced = run(library, REPEATING, ShapeProvider.Ending.EMPTY);

    List<String> differences = new ArrayList<>();
    plain
        .seen()
        .keySet()
        .removeIf(way -> way.contains("stream-body")); // its reader has it as it is
    compare(
        library, "repeats", plain.seen(), enforced.seen(), enforced.seen().keySet(), differences);
    assertThat(differences).as("%d differences", differences.size()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aStreamThatEndsWithoutItsLastEventIsAFailure(Library library) throws Exception {
    Run plain = run(library, null);
    Run enforced = run(library, ENFORCED, ShapeProvider.Ending.WITHOUT_LAST_EVENT);

    enforced
        .seen()
        .forEach((way, seen) -> {
          boolean streamed = way.contains("stream") || way.contains("push");
          boolean answered = !FAILED.matcher(plain.seen().get(way)).find();
          if (streamed && answered && !way.contains("body")) {
            assertThat(seen).as(way).contains("TruncatedAnswer");
          }
        });
  }

  private static void compare(
      Library library,
      String what,
      Map<String, String> expected,
      Map<String, String> found,
      Set<String> all,
      List<String> differences) {
    found.forEach((key, value) -> {
      if (!all.contains(key)) {
        differences.add(
            "%s of %s is more than expected in %s: %s".formatted(key, library, what, value));
      }
    });
    expected.forEach((key, value) -> {
      String other = found.get(key);
      if (!value.equals(other)) {
        String seed = key.substring(key.lastIndexOf('-') + 1);
        differences.add(
            "%s of %s differs in %s: -Dit.test=DifferenceTests#*[%d]* -Dgild.difference.seeds=%s%n  without: %s%n  with:    %s"
                .formatted(
                    key,
                    library,
                    what,
                    library.ordinal() + 1,
                    seed,
                    around(value, other),
                    around(other, value)));
      }
    });
  }

  /** Shows where a text differs from another one. */
  private static String around(String text, String other) {
    if (text == null || other == null || !SEEDS.contains("..")) {
      return String.valueOf(text);
    }
    int at = 0;
    while (at < Math.min(text.length(), other.length()) && text.charAt(at) == other.charAt(at)) {
      at++;
    }
    return "…" + text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 240));
  }

  private static Run run(Library library, String yaml) throws Exception {
    return run(library, yaml, ShapeProvider.Ending.PROPER);
  }

  private static Run run(Library library, String yaml, ShapeProvider.Ending first)
      throws Exception {
    Jdk jdk = Jdk.all().stream().max(Comparator.comparingInt(Jdk::feature)).orElseThrow();
    Report report = Report.create();
    try (ShapeProvider provider = ShapeProvider.startingWith(first)) {
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

  /** Requests and tokens of one model. */
  private record Sum(long requests, long input, long output) {

    Sum plus(Sum other) {
      return new Sum(requests + other.requests, input + other.input, output + other.output);
    }
  }

  /** Returns what the provider counted, by model. */
  private static Map<String, String> served(ShapeProvider provider) {
    Map<String, Sum> served = new TreeMap<>();
    for (ShapeProvider.Served answer : provider.served()) {
      served.merge(
          answer.model(), new Sum(1, answer.inputTokens(), answer.outputTokens()), Sum::plus);
    }
    Map<String, String> texts = new TreeMap<>();
    served.forEach((model, sum) -> texts.put(model, sum.toString()));
    return texts;
  }

  private static Map<String, String> counted(Report report, ShapeProvider provider)
      throws Exception {
    assertThat(report.json().path("httpAttempts").asInt()).isEqualTo(provider.served().size());
    Map<String, String> counted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : report.json().path("models").properties()) {
      JsonNode model = entry.getValue();
      Sum sum =
          new Sum(
              model.path("calls").asLong(),
              model.path("inputTokens").asLong(),
              model.path("outputTokens").asLong());
      counted.put(entry.getKey(), sum.toString());
    }
    return counted;
  }
}
