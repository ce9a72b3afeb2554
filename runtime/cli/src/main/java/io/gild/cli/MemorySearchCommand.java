package io.gild.cli;

import io.gild.memory.AgentMemory;
import io.gild.memory.RecallQuery;
import io.gild.memory.RecallScore;
import io.gild.memory.Recalled;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recalls memories and explains their scores. */
@Command(
    name = "search",
    description = "Recalls the memories that fit a text, with the parts of their scores.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MemorySearchCommand implements Callable<Integer> {

  @Mixin private MemoryOptions memory;

  @Parameters(paramLabel = "TEXT", description = "what the memories should be about")
  private String text;

  @Option(names = "--agent", paramLabel = "NAME", description = "who asks (default: anyone)")
  private @Nullable String agent;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "the user it is about (default: anyone)")
  private @Nullable String user;

  @Option(names = "--kind", paramLabel = "NAME", description = "only memories of this kind")
  private @Nullable String kind;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = "what was true then, such as 2026-01-31T12:00:00Z (default: now)")
  private @Nullable String asOf;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      defaultValue = "10",
      description = "the most memories (default: ${DEFAULT-VALUE})")
  private int limit;

  @Override
  public Integer call() throws IOException {
    return memory.reading(this::search);
  }

  private int search(AgentMemory found) {
    List<Recalled> recalled = found.memories().recall(query());
    if (recalled.isEmpty()) {
      memory.out().println("No memory of tenant \"" + memory.tenant() + "\" fits.");
      return 1;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("score", "text", "vector", "next", "session", "rest", "id", "what is remembered"));
    recalled.forEach(each -> rows.add(row(each)));
    Columns.of(rows).forEach(memory.out()::println);
    return 0;
  }

  private RecallQuery query() {
    RecallQuery query = new RecallQuery(text).tenant(memory.tenant()).limit(limit).peek();
    if (agent == null && user == null) {
      query.anyone();
    }
    query.agent(agent == null ? "" : agent).user(user == null ? "" : user);
    if (kind != null) {
      query.kind(kind);
    }
    return asOf == null ? query : query.asOf(time(asOf));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException invalid) {
      throw new IllegalArgumentException(
          "--as-of must be a time such as 2026-01-31T12:00:00Z, but is " + text, invalid);
    }
  }

  private static List<String> row(Recalled recalled) {
    RecallScore score = recalled.score();
    return List.of(
        number(score.total()),
        number(score.text()),
        number(score.similarity()),
        number(score.neighbours()),
        number(score.session()),
        number(score.named() + score.recency() + score.importance() + score.question()),
        recalled.memory().id(),
        MemoryText.oneLine(recalled.memory().text()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
