package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.config.Settings;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.AtExit;
import io.gild.core.Attribution;
import io.gild.core.CostDimension;
import io.gild.core.DescribesItself;
import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What prompts consist of, by agent and model, in {@code prompts.json} beside the ledger: numbers,
 * and no text. Several JVMs add to one file; if two write in the same moment, one of them is lost.
 * Thread-safe.
 */
@Experimental
public final class PromptUses implements AutoCloseable {

  private static final String FILE = "prompts.json";
  private static final int MOST = 500;
  private static final long SAVE_SECONDS = 30;

  private final Settings settings;
  private final @Nullable ScheduledFuture<?> saving;
  private final AtExit atExit;

  /** Uses that are to be added to the file. */
  private final Map<String, PromptUse> since = new LinkedHashMap<>();

  private final Map<String, PromptUnits> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PromptUnits> eldest) {
          return size() > MOST;
        }
      };

  PromptUses(RuntimeScope runtime) {
    this.settings = runtime.settings();
    this.saving = schedule(runtime);
    this.atExit = AtExit.run("gild-prompts-end", this::save);
  }

  private @Nullable ScheduledFuture<?> schedule(RuntimeScope runtime) {
    try {
      return runtime
          .scheduler()
          .scheduleWithFixedDelay(this::save, SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException closed) {
      return null;
    }
  }

  /** Reads the request of a call of a model, if its content is known. */
  void add(AgentCall call) {
    @Nullable Object[] arguments = call.arguments();
    Usage usage = call.facts().ownUsage();
    if (usage.inputTokens() == 0
        || arguments.length == 0
        || !(arguments[arguments.length - 1] instanceof DescribesItself request)) {
      return;
    }
    PromptUnits units = PromptUnits.of(request.content());
    if (units.characters() > 0) {
      Attribution attribution = call.attribution(call.facts().responseModel());
      add(
          PromptUse.none(
              attribution.get(CostDimension.AGENT),
              attribution.get(CostDimension.METHOD),
              attribution.get(CostDimension.MODEL)),
          units,
          usage);
    }
  }

  synchronized void add(PromptUse key, PromptUnits units, Usage usage) {
    PromptUnits before = last.put(key.key(), units);
    double tokens = (double) usage.inputTokens() / units.characters();
    PromptUse use =
        new PromptUse(
            key.agent(),
            key.method(),
            key.model(),
            1,
            usage.inputTokens(),
            usage.get(TokenKind.CACHED_INPUT),
            before == null ? 0 : Math.round(tokens * units.prefix(before)),
            before == null ? 0 : Math.round(tokens * units.shared(before)),
            Math.round(tokens * units.repeated()),
            Math.round(tokens * units.toolCharacters()),
            Math.round(tokens * units.largeCharacters()));
    if (since.size() < MOST || since.containsKey(key.key())) {
      since.merge(key.key(), use, PromptUse::plus);
    }
  }

  private synchronized void save() {
    if (since.isEmpty()) {
      return;
    }
    try {
      Map<String, PromptUse> all = new LinkedHashMap<>();
      read(settings).forEach(each -> all.put(each.key(), each));
      since.forEach((key, use) -> all.merge(key, use, PromptUse::plus));
      PrivateFiles.createDirectories(Ledgers.folder(settings));
      PrivateFiles.write(
          file(settings), Json.write(all.values().stream().map(PromptUse::toPlain).toList()));
      since.clear();
    } catch (IOException | IllegalArgumentException e) {
      GildLog.faultOnce("Saving what prompts consist of to " + file(settings), e);
    }
  }

  private static Path file(Settings settings) {
    return Ledgers.folder(settings).resolve(FILE);
  }

  /**
   * Reads what all JVMs have written.
   *
   * @param settings say where the ledger is
   * @return the uses; empty if nothing was written
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the file has another form
   */
  public static List<PromptUse> read(Settings settings) throws IOException {
    Path file = file(settings);
    if (!Files.exists(file)) {
      return List.of();
    }
    if (!(Json.read(Files.readString(file)) instanceof List<?> lines)) {
      throw new IllegalArgumentException(file + " must be a list of JSON");
    }
    List<PromptUse> uses = new ArrayList<>();
    for (Object each : lines) {
      if (!(each instanceof Map<?, ?> plain)) {
        throw new IllegalArgumentException(file + " has an element that is no object of JSON");
      }
      uses.add(PromptUse.ofPlain(plain));
    }
    return uses;
  }

  @Override
  public void close() {
    atExit.close();
    if (saving != null) {
      saving.cancel(false);
    }
    save();
  }
}
