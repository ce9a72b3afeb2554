package io.gild.benchmarks;

import java.io.File;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends with status 0 after a run, 1 if a benchmark failed, 2 if something is missing. */
@Command(
    name = "bench",
    description = "Measures Gild against what it replaces or adds to, both sides in one run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BenchCommand implements Callable<Integer> {

  private static final int MOST_ROUNDS = 99;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "SUITE",
      completionCandidates = Suites.Names.class,
      description = "what is measured: ${COMPLETION-CANDIDATES} (default: all)")
  private List<String> suites = List.of();

  @Option(names = "--quick", description = "fewer and shorter rounds")
  private boolean quick;

  @Option(names = "--rounds", paramLabel = "N", description = "how many rounds (1 to 99)")
  private @Nullable Integer rounds;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "only comparisons whose name begins with this")
  private String only = "";

  @Option(names = "--json", paramLabel = "FILE", description = "writes the figures to a file, too")
  private @Nullable Path json;

  @Option(
      names = "--conversations",
      paramLabel = "FILE",
      description = "conversations with questions and the turns that answer them, for memory")
  private @Nullable Path conversations;

  @Option(
      names = "--stream",
      paramLabel = "FILE",
      description = "JSON lines of {text, intent}, for the semantic cache of cost")
  private @Nullable Path stream;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "requests with their times and tokens, for token limits")
  private @Nullable Path trace;

  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description = "JSON lines of {query} in their order, for the exact cache of cost")
  private @Nullable Path queries;

  @Option(
      names = "--router",
      paramLabel = "FILE",
      description =
          "JSON lines of {prompt, domain, weak_correct, strong_correct}, for routing of cost")
  private @Nullable Path router;

  @Override
  public Integer call() throws URISyntaxException {
    BenchmarkOptions options = options();
    // Several users of one machine must not share a lock file that only one of them may open.
    System.setProperty("jmh.ignoreLock", "true");
    // Benchmarks run in their own JVMs, without the command line on their class path.
    System.setProperty("java.class.path", ownJar());
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      new Bench(options, out).run();
      return 0;
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      return 2;
    } catch (Exception failed) {
      System.err.println("A benchmark failed: " + failed);
      return 1;
    }
  }

  private static String ownJar() throws URISyntaxException {
    return new File(BenchCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .getPath();
  }

  /** Returns the options of the command line. */
  BenchmarkOptions options() {
    Set<String> chosen = new LinkedHashSet<>(suites);
    for (String suite : chosen) {
      if (!Suites.names().contains(suite)) {
        throw wrong(
            "unknown suite \"" + suite + "\"; use one of " + String.join(", ", Suites.names()));
      }
    }
    Effort effort = quick ? Effort.QUICK : Effort.USUAL;
    if (rounds != null) {
      if (rounds < 1 || rounds > MOST_ROUNDS) {
        throw wrong("--rounds must be from 1 to " + MOST_ROUNDS + ", but is " + rounds);
      }
      effort = effort.withRounds(rounds);
    }
    return new BenchmarkOptions(
        chosen.isEmpty() ? Suites.names() : List.copyOf(chosen),
        effort,
        only,
        json,
        conversations,
        stream,
        trace,
        queries,
        router);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
