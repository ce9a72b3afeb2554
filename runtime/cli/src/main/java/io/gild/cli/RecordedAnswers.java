package io.gild.cli;

import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.gates.ResultLog;
import io.gild.gates.TaskResult;
import io.gild.recording.Cassette;
import io.gild.twin.TwinException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The answers of another version of an agent's code to the recorded questions, while the cassette
 * answers for models and tools: {@code gild eval --replay} with a golden task for each question.
 */
final class RecordedAnswers {

  private static final int SHOWN = 60;

  private final Cassette cassette;
  private final Map<String, Cassette.Call> questions = new LinkedHashMap<>();
  private int leftOut;

  RecordedAnswers(Cassette cassette, String method) {
    this.cassette = cassette;
    for (Cassette.Call call : cassette.calls()) {
      if (call.method().equals(method)) {
        add(call);
      }
    }
  }

  private void add(Cassette.Call call) {
    boolean comparable =
        call.failure() == null
            && call.answer() instanceof String text
            && !text.isEmpty()
            && !call.arguments().isEmpty()
            && call.arguments().stream().noneMatch(Map.class::isInstance);
    if (comparable) {
      questions.putIfAbsent(Json.write(call.arguments()), call);
    } else {
      leftOut++;
    }
  }

  /**
   * The answers of the other code.
   *
   * @param same how many questions it answers as recorded
   * @param others the answers that differ and the failures, by the recorded question
   * @param costUsd what the recorded tokens cost, in US dollars
   * @param leftOut calls that cannot be compared: failures, and values that are no text
   */
  record Compared(int same, Map<String, String> others, BigDecimal costUsd, int leftOut) {

    List<String> text() {
      List<String> lines = new ArrayList<>();
      lines.add(
          "new code: %d of %d recorded answers are the same, cost $%s"
              .formatted(same, same + others.size(), costUsd.toPlainString()));
      others.forEach(
          (question, answer) -> lines.add("  %s: %s".formatted(shown(question), shown(answer))));
      if (leftOut > 0) {
        lines.add(
            "%d recorded calls are not compared: they failed, or have values that are no text."
                .formatted(leftOut));
      }
      return lines;
    }

    private static String shown(String text) {
      String line = MemoryText.oneLine(text);
      return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("same", (long) same);
      json.put("others", others);
      json.put("cost-usd", costUsd);
      json.put("left-out", (long) leftOut);
      return json;
    }
  }

  /**
   * Asks the other code.
   *
   * @param options the options of {@code gild eval} that name the code and the cassette
   */
  Compared ask(List<String> options) throws IOException {
    if (questions.isEmpty()) {
      throw new TwinException(
          "The cassette has no call of that method with an answer that is a text; it has calls of "
              + methods()
              + ".");
    }
    Path folder = Files.createTempDirectory("gild-twin");
    try {
      Path tasks = PrivateFiles.write(folder.resolve("tasks.yaml"), tasks());
      List<String> arguments = new ArrayList<>(options);
      arguments.addAll(List.of("--tasks", tasks.toString(), "--data", folder.toString()));
      StringWriter said = new StringWriter();
      CommandLine eval = new CommandLine(new EvalCommand());
      eval.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
      int status = eval.execute(arguments.toArray(String[]::new));
      return compared(results(folder, status, said.toString()));
    } finally {
      delete(folder);
    }
  }

  private String methods() {
    List<String> methods =
        cassette.calls().stream()
            .map(Cassette.Call::method)
            .filter(each -> !each.isEmpty())
            .distinct()
            .sorted()
            .toList();
    return methods.isEmpty() ? "no method" : String.join(", ", methods);
  }

  private String tasks() {
    StringBuilder yaml = new StringBuilder("tasks:\n");
    int number = 0;
    for (Cassette.Call call : questions.values()) {
      List<@Nullable Object> arguments = call.arguments();
      yaml.append("  - id: q").append(++number).append("\n    input: ");
      yaml.append(Json.write(arguments.size() == 1 ? arguments.get(0) : arguments));
      yaml.append("\n    checks:\n      - exact: ").append(Json.write(call.answer())).append('\n');
    }
    return yaml.toString();
  }

  private static List<TaskResult> results(Path folder, int status, String said) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path run = files.filter(file -> file.endsWith("results.jsonl")).findFirst().orElse(null);
      if (run == null) {
        throw new TwinException(
            "The code cannot be asked (gild eval ends with status %d): %s"
                .formatted(status, said.strip()));
      }
      return ResultLog.read(run).results();
    }
  }

  private Compared compared(List<TaskResult> results) {
    List<Cassette.Call> asked = List.copyOf(questions.values());
    Map<String, String> others = new LinkedHashMap<>();
    BigDecimal cost = BigDecimal.ZERO;
    int same = 0;
    for (TaskResult result : results) {
      cost = cost.add(result.spent().costUsd());
      int index = Integer.parseInt(result.key().task().substring(1)) - 1;
      if (result.passed()) {
        same++;
      } else {
        others.put(
            Json.write(asked.get(index).arguments()),
            result.answer().isEmpty() ? result.message() : result.answer());
      }
    }
    return new Compared(same, others, cost, leftOut);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException failure) {
              throw new UncheckedIOException(failure);
            }
          });
    }
  }
}
