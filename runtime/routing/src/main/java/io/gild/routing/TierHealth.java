package io.gild.routing;

import io.gild.config.Json;
import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Knows which tiers with an endpoint can be used: those whose server answers as Ollama does ({@code
 * GET /api/tags}) and has the model. A tier without an endpoint is always up. Thread-safe.
 */
final class TierHealth implements AutoCloseable {

  private static final int LARGEST_LIST = 4 << 20;

  private record Watched(String endpoint, String model) {}

  private record Up(Map<Watched, Boolean> states, Watched watched) {

    double value() {
      return Boolean.TRUE.equals(states.get(watched)) ? 1 : 0;
    }
  }

  private final RuntimeScope runtime;
  private final Map<Watched, Boolean> states = new ConcurrentHashMap<>();
  private final Map<Watched, ScheduledFuture<?>> checks = new ConcurrentHashMap<>();

  /** What the meters read; they do not keep it alive. */
  private final List<Up> published = new CopyOnWriteArrayList<>();

  TierHealth(RuntimeScope runtime) {
    this.runtime = runtime;
  }

  /** Begins to check a tier; it is down until its first check has succeeded. */
  void watch(RoutedTier tier) {
    Watched watched = watched(tier);
    if (watched == null || states.putIfAbsent(watched, false) != null) {
      return;
    }
    Up up = new Up(states, watched);
    published.add(up);
    runtime.meters().publish(RoutingMeter.TIER_UP.spec(), up, Up::value, tier.name());
    long interval = settings().healthInterval().toNanos();
    try {
      checks.put(
          watched,
          runtime
              .scheduler()
              .scheduleWithFixedDelay(
                  () -> check(tier.name(), watched), 0, interval, TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException closed) {
      states.remove(watched);
    }
  }

  boolean isUp(RoutedTier tier) {
    Watched watched = watched(tier);
    return watched == null || states.getOrDefault(watched, false);
  }

  /** Records that an attempt could not reach the tier; its next check may find it up again. */
  void failed(RoutedTier tier) {
    Watched watched = watched(tier);
    if (watched != null) {
      states.replace(watched, true, false);
    }
  }

  private static @Nullable Watched watched(RoutedTier tier) {
    String endpoint = tier.tier().endpoint();
    return endpoint.isEmpty() ? null : new Watched(endpoint, tier.model());
  }

  private RoutingSettings settings() {
    return runtime.settings().get(RoutingSettings.SECTION);
  }

  private void check(String tier, Watched watched) {
    String problem = problem(watched);
    Boolean before = states.put(watched, problem == null);
    if (problem == null) {
      if (!Boolean.TRUE.equals(before)) {
        GildLog.info(
            "Tier " + tier + " is up: " + watched.model() + " at " + watched.endpoint() + ".");
      }
    } else if (Boolean.TRUE.equals(before)) {
      GildLog.info("Tier " + tier + " is down, calls go to the next one: " + problem);
    } else {
      GildLog.infoOnce("Tier " + tier + " is not available, calls go to the next one: " + problem);
    }
  }

  private @Nullable String problem(Watched watched) {
    int timeout = (int) Math.min(Integer.MAX_VALUE, settings().healthTimeout().toMillis());
    HttpURLConnection connection = null;
    try {
      String base = watched.endpoint().replaceAll("/+$", "");
      connection = (HttpURLConnection) URI.create(base + "/api/tags").toURL().openConnection();
      connection.setConnectTimeout(timeout);
      connection.setReadTimeout(timeout);
      int status = connection.getResponseCode();
      if (status != 200) {
        return watched.endpoint() + " answered with status " + status + ".";
      }
      try (InputStream body = connection.getInputStream()) {
        return has(body.readNBytes(LARGEST_LIST), watched.model())
            ? null
            : watched.endpoint()
                + " has no model "
                + watched.model()
                + "; run \"ollama pull "
                + watched.model()
                + "\" there.";
      }
    } catch (IOException | IllegalArgumentException e) {
      return watched.endpoint() + " does not answer (" + e + ").";
    } finally {
      if (connection != null) {
        connection.disconnect();
      }
    }
  }

  /** Returns whether Ollama's list has a model; a name without a tag means {@code latest}. */
  private static boolean has(byte[] list, String model) {
    Object json = Json.read(new String(list, StandardCharsets.UTF_8));
    if (!(json instanceof Map<?, ?> map) || !(map.get("models") instanceof List<?> models)) {
      throw new IllegalArgumentException("not a list of Ollama's models");
    }
    String name = model.replaceFirst("^ollama(_chat)?/", "");
    return models.stream()
        .filter(each -> each instanceof Map<?, ?>)
        .map(each -> String.valueOf(((Map<?, ?>) each).get("name")))
        .anyMatch(each -> each.equals(name) || each.equals(name + ":latest"));
  }

  @Override
  public void close() {
    checks.values().forEach(check -> check.cancel(false));
    checks.clear();
  }
}
