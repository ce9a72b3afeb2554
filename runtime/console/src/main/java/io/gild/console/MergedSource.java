package io.gild.console;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Several sources as one. A source that fails costs the others nothing: it is left out, or shown
 * with its last state. Thread-safe.
 */
final class MergedSource implements ConsoleSource {

  private static final int UPDATE_MILLIS = 1_000;
  private static final String JVMS = "jvms";
  private static final String CONTROLS = "controls";
  private static final String ROLLOUTS = "rollouts";

  private final Supplier<List<ConsoleSource>> sources;
  private final FolderControls folder;
  private final ParallelReader reader = new ParallelReader();

  /**
   * Creates a source.
   *
   * @param sources returns those that there are now
   * @param folder controls that belong to none of them
   */
  MergedSource(Supplier<List<ConsoleSource>> sources, FolderControls folder) {
    this.sources = sources;
    this.folder = folder;
  }

  @SuppressWarnings("unchecked") // objects of JSON have texts for keys
  static List<Map<String, @Nullable Object>> maps(@Nullable Object list) {
    List<Map<String, @Nullable Object>> maps = new ArrayList<>();
    if (list instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Map<?, ?> map) {
          maps.add((Map<String, @Nullable Object>) map);
        }
      }
    }
    return maps;
  }

  static Map<String, @Nullable Object> object(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return object;
  }

  @Override
  public Map<String, @Nullable Object> state() {
    List<Map<String, @Nullable Object>> states = reader.read(sources.get(), ConsoleSource::state);
    List<Map<String, @Nullable Object>> agents = new ArrayList<>();
    Map<String, List<Map<String, @Nullable Object>>> lists = new LinkedHashMap<>();
    for (String name : new String[] {JVMS, CONTROLS, ROLLOUTS, "flags"}) {
      lists.put(name, new ArrayList<>());
    }
    long matched = 0;
    boolean readOnly = true;
    boolean content = false;
    for (Map<String, @Nullable Object> state : states) {
      if (state.get("agents") instanceof Map<?, ?> rows) {
        agents.addAll(maps(rows.get("rows")));
        matched += rows.get("matched") instanceof Number number ? number.longValue() : 0;
      }
      lists.forEach((name, list) -> list.addAll(maps(state.get(name))));
      content |= Boolean.TRUE.equals(state.get("contentCaptured"));
      readOnly &= !Boolean.FALSE.equals(state.get("readOnly"));
    }
    folder.addTo(list(lists, JVMS), agents, list(lists, CONTROLS), list(lists, ROLLOUTS));
    Map<String, @Nullable Object> merged =
        object(
            "time",
            System.currentTimeMillis(),
            "gild",
            JvmSource.version(),
            "readOnly",
            readOnly,
            "contentCaptured",
            content,
            "updateMillis",
            UPDATE_MILLIS,
            "agents",
            object("shown", agents.size(), "matched", matched, "rows", agents));
    merged.putAll(lists);
    return merged;
  }

  private static List<Map<String, @Nullable Object>> list(
      Map<String, List<Map<String, @Nullable Object>>> lists, String name) {
    return lists.getOrDefault(name, List.of());
  }

  @Override
  public Tail tail() {
    Map<ConsoleSource, Tail> tails = new LinkedHashMap<>();
    return most -> {
      List<ConsoleSource> present = sources.get();
      tails.keySet().retainAll(present);
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      long skipped = 0;
      for (ConsoleSource source : present) {
        try {
          NewCalls calls = tails.computeIfAbsent(source, ConsoleSource::tail).read(most);
          rows.addAll(calls.rows());
          skipped += calls.skipped();
        } catch (IOException gone) {
          // It is shown as unreachable.
        }
      }
      return new NewCalls(rows, skipped);
    };
  }

  @Override
  public Map<String, @Nullable Object> calls(Query query) throws IOException {
    return MergedCalls.of(sources.get(), query, reader);
  }

  @Override
  public @Nullable Map<String, @Nullable Object> tree(String jvm, String id, Query query)
      throws IOException {
    return first(source -> source.tree(jvm, id, query));
  }

  @Override
  public @Nullable Map<String, @Nullable Object> span(String jvm, String id, String span)
      throws IOException {
    return first(source -> source.span(jvm, id, span));
  }

  @Override
  public @Nullable Map<String, @Nullable Object> content(String jvm, String id, String span)
      throws IOException {
    return first(source -> source.content(jvm, id, span));
  }

  /** Asks one source for what it may have. */
  @FunctionalInterface
  private interface Question {
    @Nullable Map<String, @Nullable Object> ask(ConsoleSource source) throws IOException;
  }

  private @Nullable Map<String, @Nullable Object> first(Question question) throws IOException {
    for (ConsoleSource source : sources.get()) {
      Map<String, @Nullable Object> found = question.ask(source);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Override
  public Map<String, @Nullable Object> cost(Query query) {
    return MergedCosts.of(reader.read(sources.get(), source -> source.cost(query)));
  }

  @Override
  public Map<String, @Nullable Object> golden() {
    List<Map<String, @Nullable Object>> all = reader.read(sources.get(), ConsoleSource::golden);
    Set<Object> runs = new LinkedHashSet<>(); // JVMs with one data folder have the same runs
    Set<Object> gates = new LinkedHashSet<>();
    Set<String> where = new TreeSet<>();
    for (Map<String, @Nullable Object> each : all) {
      runs.addAll(maps(each.get("runs")));
      gates.addAll(maps(each.get("gates")));
      where.add(String.valueOf(each.get("where")));
    }
    return object(
        "gates", List.copyOf(gates), "runs", List.copyOf(runs), "where", String.join("; ", where));
  }

  @Override
  public Map<String, @Nullable Object> policies() {
    List<Object> methods = new ArrayList<>();
    reader
        .read(sources.get(), ConsoleSource::policies)
        .forEach(each -> methods.addAll(maps(each.get("methods"))));
    return object("methods", methods);
  }

  @Override
  public String operate(String control, String action, String who) throws IOException {
    String jvm = control.substring(0, Math.max(0, control.indexOf('/')));
    for (ConsoleSource source : sources.get()) {
      if (source instanceof RemoteSource remote && remote.jvms().contains(jvm)) {
        return source.operate(control, action, who);
      }
    }
    throw new Query.BadRequest(
        "there is no JVM for the control \"" + ShortNames.cut(control) + "\"; it may have ended");
  }

  @Override
  public boolean allowsActions() {
    return sources.get().stream().anyMatch(ConsoleSource::allowsActions);
  }

  @Override
  public int updateMillis() {
    return UPDATE_MILLIS;
  }

  /** Returns the sum of two amounts of JSON. */
  static BigDecimal sum(@Nullable Object one, @Nullable Object other) {
    return decimal(one).add(decimal(other));
  }

  static BigDecimal decimal(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    return value instanceof Number number
        ? BigDecimal.valueOf(number.longValue())
        : BigDecimal.ZERO;
  }

  @Override
  public void close() {
    reader.close();
  }
}
