package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.shapes.ShapeMain;
import com.fasterxml.jackson.databind.JsonNode;
import io.gild.testkit.ShapeProvider;
import io.gild.testkit.StreamEnding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The observations of one child JVM of random shapes, and their counts: the provider's in a plain
 * run, else Gild's.
 *
 * @param seen what the program saw, by way and seed
 * @param threads the kinds of threads that remained
 * @param left the resources that remained
 * @param errors its standard error, without the agent's lines
 * @param exitCode its exit code
 * @param counted the counts, by model
 */
record ShapeRun(
    Map<String, String> seen,
    String threads,
    Left left,
    List<String> errors,
    int exitCode,
    Map<String, String> counted) {

  /** The seeds of a build; more on demand. */
  private static final String SEEDS = System.getProperty("gild.difference.seeds");

  /** The text of a program if the library made no answer of a shape. */
  private static final Pattern FAILED =
      Pattern.compile("^threw | failed |error=|Optional\\[\\w+\\.");

  private static final Map<ShapedLibrary, ShapeRun> PLAIN = new EnumMap<>(ShapedLibrary.class);

  /** Threads and open files; fewer additional ones are not a leak, which adds one for each seed. */
  private static final int NOISE = 20;

  private static final long LONGEST_NANOS = 20_000_000_000L;

  /**
   * Resources after all seeds were run.
   *
   * @param threads how many, of any kind
   * @param descriptors how many files and connections are open
   */
  record Left(int threads, int descriptors) {

    static Left of(String answer) {
      String[] numbers = answer.split(" ");
      return new Left(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    /** Returns whether these are as many as another run's, except for some that come and go. */
    boolean isLike(Left other) {
      return threads < other.threads + NOISE && descriptors < other.descriptors + NOISE;
    }
  }

  /** Requests, tokens and millionths of a dollar of one model. */
  private record Sum(long requests, long input, long output, long microUsd) {

    static Sum of(ShapeProvider.Served answer) {
      long price = answer.inputTokens() + 2 * answer.outputTokens();
      return new Sum(1, answer.inputTokens(), answer.outputTokens(), price);
    }

    static Sum of(JsonNode model) {
      return new Sum(
          model.path("calls").asLong(),
          model.path("inputTokens").asLong(),
          model.path("outputTokens").asLong(),
          Math.round(model.path("costUsd").asDouble() * 1_000_000));
    }

    Sum plus(Sum other) {
      return new Sum(
          requests + other.requests,
          input + other.input,
          output + other.output,
          microUsd + other.microUsd);
    }
  }

  /** Runs a program without the agent, once for all tests. */
  static synchronized ShapeRun plain(ShapedLibrary library) throws Exception {
    ShapeRun known = PLAIN.get(library);
    if (known == null) {
      known = run(library, null, StreamEnding.PROPER, 1);
      PLAIN.put(library, known);
    }
    return known;
  }

  /** Runs a program with the agent, on all seeds. */
  static ShapeRun governed(ShapedLibrary library, String yaml) throws Exception {
    return run(library, yaml + prices(plain(library)), StreamEnding.PROPER, 1);
  }

  /** Runs a program with the agent on some of the seeds, whose first streams end in a way. */
  static ShapeRun governed(ShapedLibrary library, String yaml, StreamEnding first)
      throws Exception {
    return run(library, yaml, first, 4);
  }

  private static ShapeRun run(
      ShapedLibrary library, @Nullable String yaml, StreamEnding first, int oneOf)
      throws Exception {
    Jdk jdk = Jdk.all().stream().max(Comparator.comparingInt(Jdk::feature)).orElseThrow();
    Report report = Report.create();
    try (ShapeProvider provider = ShapeProvider.startingWith(first)) {
      Child.Builder builder =
          Child.on(jdk)
              .classPath(library.classPath())
              .main(ShapeMain.class, library.program())
              .flags("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8")
              .provider(library.url(provider));
      if (yaml != null) {
        builder.flags(report.flag()).agent("config=" + ConfigFile.of(yaml));
      }
      try (Child child = builder.start()) {
        Map<String, String> seen = seen(child, oneOf);
        String threads = child.ask("threads");
        Left left = left(child, yaml == null ? null : plain(library).left());
        List<String> errors = child.end();
        assertThat(errors).as("the messages of the agent").noneMatch(ShapeRun::isFault);
        if (yaml != null) {
          int sent = provider.served().size();
          assertThat(report.json().path("httpAttempts").asInt()).isEqualTo(sent);
        }
        return new ShapeRun(
            seen,
            threads,
            left,
            errors.stream().filter(line -> !line.startsWith("[gild] ")).toList(),
            child.exitCode(),
            yaml == null ? served(provider) : counted(report));
      }
    }
  }

  /** Returns the remaining resources when they equal those of a plain run, or at a deadline. */
  private static Left left(Child child, @Nullable Left plain) throws Exception {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    Left left = Left.of(child.ask("left"));
    while (plain != null && !left.isLike(plain) && System.nanoTime() < deadline) {
      left = Left.of(child.ask("left"));
    }
    return left;
  }

  private static boolean isFault(String line) {
    return line.contains("Gild steps aside");
  }

  private static Map<String, String> seen(Child child, int oneOf) throws Exception {
    Map<String, String> seen = new LinkedHashMap<>();
    for (String seed : seeds(oneOf)) {
      child.say(seed);
      for (String line = lineOf(child); !line.isEmpty(); line = lineOf(child)) {
        int space = line.indexOf(' ');
        seen.put(line.substring(0, space) + "-" + seed, line.substring(space + 1));
      }
    }
    return seen;
  }

  private static String lineOf(Child child) throws Exception {
    String line = child.hear();
    if (line == null) {
      throw new IllegalStateException("the child has died: " + child.end());
    }
    return line;
  }

  private static List<String> seeds(int oneOf) {
    String[] bounds = SEEDS.split("\\.\\.");
    List<String> seeds = new ArrayList<>();
    long last = Long.parseLong(bounds[bounds.length - 1]);
    for (long seed = Long.parseLong(bounds[0]); seed <= last; seed += oneOf) {
      seeds.add(String.valueOf(seed));
    }
    return seeds;
  }

  /** Whether only one seed is run, whose whole output is shown. */
  static boolean isOfOneSeed() {
    return !SEEDS.contains("..");
  }

  /** Whether the library made an answer of what was sent to a way and seed. */
  boolean isAnswered(String way) {
    return !FAILED.matcher(seen.get(way)).find();
  }

  /** Returns the counts, without the shapes of which the library made no answer. */
  Map<String, String> countsOfAnswers() {
    Map<String, String> counts = new TreeMap<>(counted);
    counts
        .keySet()
        .removeIf(model -> !isAnswered(model.replaceFirst("^(anthropic|amazon)\\.(titan-)?", "")));
    return counts;
  }

  /** Gives each model a price: a dollar for a million tokens of input, two for output. */
  private static String prices(ShapeRun plain) {
    StringBuilder prices = new StringBuilder("prices:\n");
    for (String model : plain.counted.keySet()) {
      prices.append("  '").append(model).append("': ");
      prices.append(
          "{input: 1, cached-input: 1, cache-write: 1, cache-write-hour: 1, output: 2}\n");
    }
    return prices.toString();
  }

  private static Map<String, String> served(ShapeProvider provider) {
    Map<String, Sum> served = new TreeMap<>();
    for (ShapeProvider.Served answer : provider.served()) {
      served.merge(answer.model(), Sum.of(answer), Sum::plus);
    }
    Map<String, String> texts = new TreeMap<>();
    served.forEach((model, sum) -> texts.put(model, sum.toString()));
    return texts;
  }

  private static Map<String, String> counted(Report report) throws Exception {
    Map<String, String> counted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> model : report.json().path("models").properties()) {
      counted.put(model.getKey(), Sum.of(model.getValue()).toString());
    }
    return counted;
  }
}
