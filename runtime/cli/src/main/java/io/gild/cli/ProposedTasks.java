package io.gild.cli;

import io.gild.config.Json;
import io.gild.golden.GoldenFile;
import io.gild.recording.Cassette;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Golden tasks made from the recorded questions and answers of one method of an agent. */
final class ProposedTasks {

  private static final int SHORT = 200;
  private static final int WORDS = 6;

  private final String agent;
  private final String method;
  private final List<String> tasks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private ProposedTasks(String agent, String method) {
    this.agent = agent;
    this.method = method;
  }

  /** Makes the tasks of a recording, in the order in which its methods were called first. */
  static List<ProposedTasks> of(Cassette cassette) {
    Map<String, Map<String, List<Cassette.Call>>> methods = new LinkedHashMap<>();
    for (Cassette.Call call : cassette.calls()) {
      if (!call.method().isEmpty()) {
        methods
            .computeIfAbsent(call.method(), absent -> new LinkedHashMap<>())
            .computeIfAbsent(Json.write(call.arguments()), absent -> new ArrayList<>())
            .add(call);
      }
    }
    List<ProposedTasks> all = new ArrayList<>();
    methods.forEach((method, questions) -> {
      List<Cassette.Call> first = questions.values().iterator().next();
      ProposedTasks proposed = new ProposedTasks(first.get(0).agent(), method);
      questions.values().forEach(proposed::add);
      all.add(proposed);
    });
    return all;
  }

  /** Returns the methods of the application that called models outside of any agent. */
  static List<String> entries(Cassette cassette) {
    return cassette.calls().stream()
        .map(Cassette.Call::entry)
        .filter(entry -> !entry.isEmpty())
        .distinct()
        .toList();
  }

  int count() {
    return tasks.size();
  }

  /** Returns a name for its file, such as {@code desk-answer}. */
  String name() {
    return (agent + "-" + method.substring(method.indexOf('#') + 1)).replaceAll("[^\\w.-]", "-");
  }

  /** Adds the answer to one question, which may occur more than once. */
  private void add(List<Cassette.Call> calls) {
    Cassette.Call call = calls.get(0);
    for (Cassette.Call each : calls) {
      call = call.answer() == null ? each : call;
    }
    String question = question(call);
    String id = slug(question);
    String obstacle = obstacle(call);
    if (obstacle != null) {
      notes.add(id + ": " + obstacle);
      return;
    }
    for (int i = 2; !ids.add(id); i++) {
      id = slug(question) + "-" + i;
    }
    Object answer = call.answer();
    if (calls.stream().anyMatch(each -> !Objects.equals(each.answer(), answer))) {
      notes.add(id + ": has more than one recorded answer; this is the first");
    }
    String task = task(id, call);
    if (GoldenFile.scan("task.yaml", "tasks:\n" + task, path -> null).problems().isEmpty()) {
      tasks.add(task);
    } else {
      notes.add(id + ": a golden task cannot contain this input or answer");
    }
  }

  private static String question(Cassette.Call call) {
    for (Object argument : call.arguments()) {
      if (argument instanceof String text && !text.isBlank()) {
        return text;
      }
    }
    return "task";
  }

  private static @Nullable String obstacle(Cassette.Call call) {
    if (call.arguments().isEmpty()) {
      return "it has no input";
    }
    if (call.arguments().stream().anyMatch(ProposedTasks::isObject)) {
      return "an argument is an object that a file cannot contain";
    }
    if (call.failure() != null) {
      return "it failed: " + call.failure().lines().findFirst().orElse("");
    }
    Object answer = call.answer();
    if (answer == null || isObject(answer) || answer.equals("")) {
      return "its answer is an object that a file cannot contain";
    }
    return null;
  }

  private static boolean isObject(@Nullable Object value) {
    return value instanceof Map<?, ?> map && map.size() == 1 && map.containsKey("class");
  }

  private static String slug(String question) {
    StringBuilder slug = new StringBuilder();
    int words = 0;
    for (String word : question.toLowerCase(Locale.ROOT).split("[^\\p{Alnum}]+")) {
      if (!word.isEmpty() && words < WORDS && slug.length() + word.length() < 60) {
        slug.append(words++ == 0 ? "" : "-").append(word);
      }
    }
    return slug.isEmpty() ? "task" : slug.toString();
  }

  private static String task(String id, Cassette.Call call) {
    List<@Nullable Object> arguments = call.arguments();
    StringBuilder task = new StringBuilder();
    task.append("  - id: ").append(id).append('\n');
    task.append("    input: ")
        .append(Json.write(arguments.size() == 1 ? arguments.get(0) : arguments))
        .append('\n');
    task.append("    checks:\n");
    task.append("      - ").append(check(Objects.requireNonNull(call.answer()))).append('\n');
    List<String> tools = tools(call);
    if (!tools.isEmpty()) {
      task.append("      - trajectory: ").append(Json.write(tools)).append('\n');
    }
    return task.append("    tags: [recorded]\n").toString();
  }

  private static String check(Object answer) {
    if (answer instanceof String text) {
      return text.length() <= SHORT
          ? "contains: " + Json.write(text)
          : "similarity: {text: " + Json.write(text) + ", threshold: 0.8}";
    }
    return answer instanceof Number
        ? "number: " + answer
        : answer instanceof Boolean
            ? "exact: " + Json.write(answer.toString())
            : "json: {value: " + Json.write(answer) + "}";
  }

  /** Returns the tools in the order in which they ended, as the check expects. */
  private static List<String> tools(Cassette.Call call) {
    return call.exchanges().stream()
        .filter(exchange -> exchange.kind() == Cassette.Kind.TOOL)
        .sorted(Comparator.comparingLong(Cassette.Exchange::end))
        .map(exchange -> String.valueOf(exchange.request().get("tool")))
        .toList();
  }

  /**
   * Returns the command that runs the tasks, offline, in the folder where they were recorded.
   *
   * @param file their file
   * @param cassette the recording
   * @param classPath the application's; {@code null} for the class path of the Maven module in this
   *     folder
   */
  String command(Path file, Path cassette, @Nullable String classPath) {
    List<String> words = new ArrayList<>(List.of("./gild", "eval", "--agent", method));
    words.addAll(List.of("--name", agent));
    if (classPath != null) {
      words.addAll(List.of("--classpath", classPath));
    }
    words.addAll(List.of("--tasks", file.toString(), "--replay", cassette.toString()));
    return ShellWords.join(words);
  }

  /**
   * Writes the file.
   *
   * @param file its name
   * @param command the command that runs it
   * @throws io.gild.config.SettingsException if it is invalid, which would be a bug in Gild
   */
  String yaml(String file, String command) {
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        "# Proposed by gild record. Review it and keep only correct tasks. It runs offline with\n");
    yaml.append("#   ").append(command.replaceAll("\\R", " ")).append('\n');
    yaml.append("# An agent needs a constructor without parameters, or one static method that\n");
    yaml.append("# returns it, or a GoldenAgentProvider; an interface has the method itself.\n");
    for (String note : notes) {
      yaml.append("# ").append(note).append('\n');
    }
    yaml.append(tasks.isEmpty() ? "tasks: []\n" : "tasks:\n");
    tasks.forEach(yaml::append);
    String text = yaml.toString();
    GoldenFile.read(file, text);
    return text;
  }
}
