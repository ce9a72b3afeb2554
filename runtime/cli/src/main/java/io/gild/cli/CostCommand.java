package io.gild.cli;

import io.gild.config.PriceTable;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.ledger.CachingShare;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.Ledgers;
import io.gild.ledger.PromptUses;
import io.gild.ledger.spi.LedgerSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reports what model requests cost. */
@Command(
    name = "cost",
    description = {
      "Reports what model requests cost, by the ledger: who spends most, the trend, what the month"
          + " will cost, what was wasted and what was saved.",
      "Exit code: 0 reported, 1 there is no ledger or it cannot be read, 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CostCommand implements Callable<Integer> {

  private static final int WRONG = 1;

  /** How the report is written. */
  enum Format {
    /** For people. */
    table,
    /** Rows with exact decimals. */
    csv,
    /** Everything, with exact decimals. */
    json,
    /** A picture. */
    svg
  }

  @Spec private CommandSpec spec;
  @Mixin private SettingsPlace place;
  @Mixin private CostQuestion question;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "the folder of the ledger (default: by the settings)")
  private @Nullable Path folder;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format;

  @Option(
      names = "--advise",
      description =
          "reports how much of the prompts providers read from their caches, and how prompts could"
              + " cost less, instead: by what they consisted of so far")
  private boolean advise;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Settings settings = settings();
      requireLedger(settings);
      try (LedgerSink ledger = Ledgers.open(settings)) {
        if (advise) {
          advise(ledger, settings);
          return 0;
        }
        CostFigures figures = question.ask(ledger, settings);
        figures.problems().forEach(problem -> err.println("gild: " + problem));
        print(figures);
      }
      return 0;
    } catch (SettingsException wrong) {
      wrong.problems().forEach(err::println);
    } catch (IOException | IllegalArgumentException wrong) {
      err.println("gild: " + wrong.getMessage());
    }
    return WRONG;
  }

  private void advise(LedgerSink ledger, Settings settings) throws IOException {
    PriceTable prices = PriceTable.of(settings);
    PrintWriter out = spec.commandLine().getOut();
    LedgerReport sums = question.byAgentAndModel(ledger, settings);
    CostAdvice.caching(CachingShare.of(sums, prices)).forEach(out::println);
    CostAdvice.of(PromptUses.read(settings), prices).forEach(out::println);
  }

  private Settings settings() {
    Settings settings = place.load(spec);
    Path given = folder;
    return given == null ? settings : place.load(spec, "gild.ledger.folder", given.toString());
  }

  private static void requireLedger(Settings settings) throws IOException {
    if (!Ledgers.isFolder(settings)) {
      return;
    }
    Path where = Ledgers.folder(settings);
    if (!Files.isDirectory(where) || isEmpty(where)) {
      throw new IOException(
          "there is no ledger in "
              + where.toAbsolutePath()
              + ". Set ledger.enabled: true in the application's gild.yaml, or name another folder"
              + " with --data or --folder.");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.noneMatch(file -> file.toString().endsWith(".jsonl"));
    }
  }

  private void print(CostFigures figures) {
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case table -> CostText.of(figures).forEach(out::println);
      case csv -> CostCsv.of(figures).forEach(out::println);
      case json -> out.println(CostJson.of(figures));
      case svg -> out.println(CostPicture.of(figures).stripTrailing());
    }
  }
}
