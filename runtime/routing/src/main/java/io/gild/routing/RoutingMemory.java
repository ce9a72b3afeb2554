package io.gild.routing;

import io.gild.config.Json;
import io.gild.config.PrivateFiles;
import io.gild.core.AnswerJudged;
import io.gild.core.AtExit;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What all routed methods of a runtime have learned, kept in {@code routing.json} of the data
 * directory: weights and counts, and no word of any prompt. Methods of one name, class and version
 * share it, so that a redeployed application goes on with it. If several JVMs use one directory,
 * the last one that writes wins. Thread-safe.
 */
final class RoutingMemory implements AutoCloseable {

  private static final String FILE = "routing.json";
  private static final int MOST_METHODS = 1_000;
  private static final long LARGEST_FILE = 64L << 20;
  private static final long SAVE_SECONDS = 60;

  private final RuntimeScope runtime;
  private final TierHealth health;
  private final AutoCloseable judged;
  private final AtExit atExit;

  /** By key; the ones that were used last are at the end. */
  private final Map<String, MethodRoutes> routes = new LinkedHashMap<>(16, 0.75f, true);

  /** What the file had of methods that are not used in this JVM so far. */
  private @Nullable Map<String, Object> unused;

  private @Nullable ScheduledFuture<?> saving;
  private boolean changed;

  RoutingMemory(RuntimeScope runtime) {
    this.runtime = runtime;
    this.health = new TierHealth(runtime);
    this.atExit = AtExit.run("gild-routing-end", this::save);
    this.judged = runtime.events().subscribe(AnswerJudged.class, this::judged);
  }

  static RoutingMemory of(RuntimeScope runtime) {
    return runtime.shared(RoutingMemory.class, RoutingMemory::new);
  }

  TierHealth health() {
    return health;
  }

  synchronized MethodRoutes routes(MethodSpec spec, List<RoutedTier> tiers, double wanted) {
    String key = key(spec);
    MethodRoutes known = routes.get(key);
    if (known == null || !known.tiers().equals(tiers)) {
      MethodRoutes made = new MethodRoutes(tiers, wanted);
      Object saved = known == null ? unused().remove(key) : known.toPlain();
      if (saved instanceof Map<?, ?> plain) {
        made.restore(plain);
      }
      known = made;
      routes.put(key, made);
      if (routes.size() > MOST_METHODS) {
        routes.remove(routes.keySet().iterator().next());
      }
    }
    saveSometimes();
    return known;
  }

  private static String key(MethodSpec spec) {
    return spec.className() + "#" + spec.methodName() + spec.descriptor() + " " + spec.version();
  }

  /** Records that something was learned, which is to be saved. */
  synchronized void learned() {
    changed = true;
  }

  private synchronized void judged(AnswerJudged judged) {
    MethodRoutes known = routes.get(key(judged.method()));
    if (known == null) {
      return;
    }
    for (int i = 0; i < known.tiers().size(); i++) {
      if (known.tiers().get(i).model().equals(judged.model())) {
        known.learner(i).learn(PromptFeatures.of(judged.prompt()), judged.good());
        changed = true;
      }
    }
  }

  private Path file() {
    return runtime.settings().data().resolve(FILE);
  }

  private boolean remembers() {
    return runtime.settings().get(RoutingSettings.SECTION).remember();
  }

  @SuppressWarnings("unchecked") // the reader of JSON makes maps with texts as keys
  private Map<String, Object> unused() {
    Map<String, Object> known = unused;
    if (known == null) {
      known = new LinkedHashMap<>();
      unused = known;
      Path file = file();
      try {
        if (remembers() && Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE) {
          known.putAll((Map<String, Object>) Json.read(Files.readString(file)));
        }
      } catch (IOException | IllegalArgumentException | ClassCastException e) {
        GildLog.info(
            "What routing had learned cannot be read from "
                + file
                + " ("
                + e
                + "); it begins anew.");
      }
    }
    return known;
  }

  private void saveSometimes() {
    if (saving == null && remembers()) {
      try {
        saving =
            runtime
                .scheduler()
                .scheduleWithFixedDelay(this::save, SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
      } catch (RejectedExecutionException closed) {
        // The runtime is closed: there is nothing more to be saved.
      }
    }
  }

  synchronized void save() {
    if (!changed || !remembers()) {
      return;
    }
    Map<String, Object> all = new LinkedHashMap<>(unused());
    routes.forEach((key, each) -> all.put(key, each.toPlain()));
    while (all.size() > MOST_METHODS) {
      all.remove(all.keySet().iterator().next());
    }
    Path file = file();
    try {
      PrivateFiles.createDirectories(runtime.settings().data());
      PrivateFiles.write(file, Json.write(all));
      changed = false;
    } catch (IOException e) {
      GildLog.faultOnce("Saving what routing has learned to " + file, e);
    }
  }

  @Override
  public void close() {
    atExit.close();
    try {
      judged.close();
    } catch (Exception never) {
      throw new IllegalStateException(never);
    }
    health.close();
    synchronized (this) {
      if (saving != null) {
        saving.cancel(false);
      }
    }
    save();
  }
}
