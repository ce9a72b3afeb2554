package io.gild.cli;

import com.google.auto.service.AutoService;
import io.gild.a2a.A2aMessage;
import io.gild.config.Durations;
import io.gild.config.OwnedFile;
import io.gild.coordination.ActiveSubscription;
import io.gild.coordination.Broker;
import io.gild.coordination.BrokerEngines;
import io.gild.coordination.CoordinationSettings;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.core.GildRuntime;
import io.gild.smoke.spi.ProbeScope;
import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeProbe;
import io.gild.smoke.spi.SmokeTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends a message on a topic of its own through the broker that the settings name. */
@AutoService(SmokeProbe.class)
public final class BrokerProbe implements SmokeProbe {

  @Override
  public SmokeTest test() {
    return SmokeTest.QUEUE;
  }

  @Override
  public SmokeFinding run(ProbeScope scope)
      throws IOException, InterruptedException, ExecutionException {
    CoordinationSettings settings = scope.settings().get(CoordinationSettings.SECTION);
    if (settings.engine().equals(BrokerEngines.IN_PROCESS)) {
      return SmokeFinding.notApplicable(
          "coordination.engine is in-process: only the application itself sees its messages");
    }
    if (settings.engine().equals(BrokerEngines.FOLDER)) {
      String untestable = untestable(settings.folder(scope.settings().data()));
      if (untestable != null) {
        return SmokeFinding.notApplicable(untestable);
      }
    }
    try (GildRuntime runtime = SmokeRuntimes.of(scope.settings())) {
      return roundTrip(Broker.of(runtime), settings.engine(), scope);
    }
  }

  /** Returns why a folder cannot be tested from here, or {@code null}. */
  private static @Nullable String untestable(Path folder) throws IOException {
    Path lock = folder.resolve("lock");
    if (!Files.exists(lock)) {
      return folder + " has no messages: no broker has used it";
    }
    try {
      OwnedFile.take(lock).close();
      return null;
    } catch (OwnedFile.TakenException taken) {
      return folder + " is used by " + taken.owner() + ", and has one broker at a time";
    }
  }

  private static SmokeFinding roundTrip(Broker broker, String engine, ProbeScope scope)
      throws InterruptedException, ExecutionException {
    String id = UUID.randomUUID().toString();
    String name = "gild-smoke-" + id;
    CompletableFuture<String> arrived = new CompletableFuture<>();
    ActiveSubscription active =
        broker.subscribe(
            broker.subscription(name, "gild-smoke." + id),
            delivery -> arrived.complete(delivery.envelope().message().text()));
    try {
      broker.publish(
          Envelope.builder("gild-smoke." + id, Intent.PUBLISH, A2aMessage.ofUser(id)).build());
      String text = arrived.get(scope.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return text.equals(id)
          ? SmokeFinding.passed("the broker " + engine + " delivers messages")
          : SmokeFinding.failed("the broker " + engine + " delivered another text than was sent");
    } catch (TimeoutException late) {
      return SmokeFinding.failed(
          "the broker "
              + engine
              + " took a message and did not deliver it within "
              + Durations.format(scope.timeout()));
    } finally {
      active.close();
      broker.unsubscribe(name);
    }
  }
}
