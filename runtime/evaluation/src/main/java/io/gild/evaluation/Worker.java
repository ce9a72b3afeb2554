package io.gild.evaluation;

import static java.util.Objects.requireNonNull;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.gates.ResultLog;
import io.gild.gates.TaskResult;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import io.gild.golden.GoldenSources;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The main class of the separate JVMs in which agents run; {@link WorkerRunner} starts them.
 *
 * <p>It reads one order per line from its standard input and writes one result per line to its
 * standard output, until the input ends. Output of agents goes to standard error.
 */
@Experimental
public final class Worker {

  static final String READY = "gild:ready";
  static final String RESULT = "gild:result:";
  static final String GONE = "gild:gone";

  private final Function<String, GoldenSet.@Nullable Source> files;
  private final LocalRunner runner;
  private final Map<Integer, GoldenSet> sets = new HashMap<>();

  private Worker(List<Path> resources) {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    files =
        GoldenSources.either(
            GoldenSources.inFolders(resources, Path::toString), GoldenSources.onClassPath(loader));
    runner = new LocalRunner(loader);
  }

  /**
   * Runs the orders.
   *
   * @param folders that are searched for golden files before the class path
   * @throws IOException if standard input breaks
   */
  public static void main(String[] folders) throws IOException {
    PrintStream results =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    InputStream orders = System.in;
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    List<Path> resources = new ArrayList<>();
    for (String folder : folders) {
      resources.add(Path.of(folder));
    }
    Worker worker = new Worker(resources);
    results.println(READY);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(orders, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        results.println("\n" + RESULT + ResultLog.line(worker.run(line)));
      }
    }
    System.exit(0); // an agent's own threads would keep it alive
  }

  private TaskResult run(String line) {
    Map<?, ?> order = (Map<?, ?>) requireNonNull(Json.read(line));
    GoldenSet set = set(number(order, "agent").intValue(), order.get("declared"));
    return runner.run(
        new PlannedRun(
            set.agent(),
            set.task(String.valueOf(order.get("task"))),
            number(order, "repeat").intValue(),
            number(order, "seed").longValue(),
            Duration.ofNanos(number(order, "timeoutNanos").longValue())));
  }

  /** Returns the tasks of an agent, which are declared with the first order that names it. */
  private GoldenSet set(int agent, @Nullable Object declared) {
    GoldenSet known = sets.get(agent);
    if (known == null) {
      known = GoldenSet.of(DeclaredAgent.read("order", String.valueOf(declared)), files);
      sets.put(agent, known);
    }
    return known;
  }

  private static Number number(Map<?, ?> order, String key) {
    return order.get(key) instanceof Number number ? number : 0;
  }
}
