package io.gild.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.gild.config.Settings;
import io.gild.judging.CallSamples;
import io.gild.judging.ScorePair;
import io.gild.judging.TrafficInterval;
import io.gild.operations.GoldenSettings;
import io.gild.operations.RolloutException;
import io.gild.operations.RolloutPlan;
import io.gild.operations.spi.SmokeCheck;
import io.gild.operations.spi.TelemetrySource;
import io.gild.operations.spi.VersionTester;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks both versions golden tasks of the demo, until gild-smoke does. */
@AutoService(VersionTester.class)
public final class GoldenStandIn implements VersionTester {

  @Override
  public SmokeCheck smoke(RolloutPlan plan, Settings settings) {
    return address -> "";
  }

  @Override
  public TelemetrySource golden(RolloutPlan plan, Settings settings) throws RolloutException {
    GoldenSettings golden = Objects.requireNonNull(plan.settings().golden());
    try {
      JsonNode tasks =
          JsonMappers.MAPPER.readTree(Files.readString(Objects.requireNonNull(golden.tasks())));
      return new Asking(plan, tasks, Objects.requireNonNull(golden.every()).toMillis());
    } catch (IOException unreadable) {
      throw new RolloutException(golden.tasks() + " cannot be read", unreadable);
    }
  }

  private static final class Asking implements TelemetrySource {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(work -> {
          Thread thread = new Thread(work, "golden tasks");
          thread.setDaemon(true);
          return thread;
        });
    private final Queue<ScorePair> pairs = new ConcurrentLinkedQueue<>();
    private final String stable;
    private final String canary;
    private final JsonNode tasks;
    private int next;

    Asking(RolloutPlan plan, JsonNode tasks, long every) {
      this.stable = Objects.requireNonNull(plan.settings().stable().address());
      this.canary = Objects.requireNonNull(plan.settings().canary().address());
      this.tasks = tasks;
      clock.scheduleAtFixedRate(this::ask, 0, every, TimeUnit.MILLISECONDS);
    }

    private void ask() {
      JsonNode task = tasks.get(next++ % tasks.size());
      try {
        pairs.add(
            new ScorePair(task.path("id").asText(), score(stable, task), score(canary, task)));
      } catch (IOException | InterruptedException gone) {
        // the proxy notices it as well
      }
    }

    private double score(String address, JsonNode task) throws IOException, InterruptedException {
      String body =
          client
              .send(
                  SupportVersion.request(address, task.path("input").asText()),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      String answer = JsonMappers.MAPPER.readTree(body).path("answer").asText();
      return answer.contains(task.path("expected").asText()) ? 1 : 0;
    }

    @Override
    public TrafficInterval read() {
      List<ScorePair> read = new ArrayList<>();
      for (ScorePair pair = pairs.poll(); pair != null; pair = pairs.poll()) {
        read.add(pair);
      }
      return new TrafficInterval(CallSamples.none(), CallSamples.none(), read);
    }

    @Override
    public void close() {
      clock.shutdownNow();
    }
  }
}
