package io.gild.cli;

import io.gild.config.Glob;
import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Imports a list of prices. */
@Command(
    name = "import",
    description = {
      "Writes the prices of a JSON file of LiteLLM or genai-prices as a section prices of"
          + " gild.yaml, with its source and date.",
      "Exit code: 0 written, 1 the file is wrong and nothing was written, 2 wrong usage."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PricesImportCommand implements Callable<Integer> {

  /** Whose list it is. */
  enum Format {
    /** That of LiteLLM. */
    litellm,
    /** That of genai-prices. */
    genai
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "the JSON file")
  private Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: as the file looks)")
  private @Nullable Format format;

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description = "a new file (default: prints the section)")
  private @Nullable Path into;

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      defaultValue = "*",
      description = "names of models, with * for any text (default: all)")
  private String only;

  @Override
  public Integer call() {
    try {
      ImportedPrices read = read();
      write(read);
      return 0;
    } catch (SettingsException wrong) {
      wrong.problems().forEach(spec.commandLine().getErr()::println);
    } catch (IOException wrong) {
      spec.commandLine().getErr().println("gild: " + wrong.getMessage());
    }
    return 1;
  }

  private ImportedPrices read() throws IOException {
    Object json =
        ImportedPrices.json(
            file,
            key ->
                spec.commandLine()
                    .getErr()
                    .println(
                        "gild: " + key + " is there twice in " + file + "; the last one counts"));
    if (json instanceof List<?> providers && format != Format.litellm) {
      return new GenaiPrices(file, providers);
    }
    if (json instanceof Map<?, ?> models && format != Format.genai) {
      return new LiteLlmPrices(file, models);
    }
    throw new IOException(
        file + " is neither an object of models (litellm) nor a list of providers (genai)");
  }

  private void write(ImportedPrices read) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# From ").append(file.getFileName()).append(", imported on ");
    text.append(LocalDate.now(ZoneOffset.UTC)).append("\nprices:\n");
    int count = 0;
    for (Map.Entry<String, Map<String, Object>> each : read.entries().entrySet()) {
      if (only.equals("*") || Glob.matches(only, each.getKey())) {
        text.append("  ").append(Json.write(each.getKey())).append(": ");
        text.append(Json.write(each.getValue())).append('\n');
        count++;
      }
    }
    if (count == 0) {
      throw new IOException(file + " has no price by token of a model " + only);
    }
    Settings.builder().yaml(file.toString(), text.toString()).build();
    Path target = into;
    if (target == null) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
      return;
    }
    save(target, text.toString());
    spec.commandLine()
        .getOut()
        .println(
            "%d prices are in %s; %d models have no price by token."
                .formatted(count, target, read.skipped()));
  }

  private static void save(Path target, String text) throws IOException {
    if (Files.exists(target)) {
      throw new IOException(target + " exists; name a new file, or delete it first");
    }
    Path whole = target.toAbsolutePath();
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
  }
}
