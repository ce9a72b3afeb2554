package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.core.GildLog;
import io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends telemetry over the JDK's HTTP client, and logs once if it cannot be delivered.
 *
 * <p>OpenTelemetry's exporters would log this repeatedly through {@code java.util.logging}, which
 * belongs to the application. So they get a success response; undelivered telemetry is lost in any
 * case. Only the javaagent lists this provider.
 */
@Experimental
@SuppressWarnings("exports") // the javaagent, which has no modules, is its only user
public final class QuietSenderProvider implements HttpSenderProvider {

  private static final int LOWEST_REFUSAL = 300;

  /** Creates the provider. */
  public QuietSenderProvider() {}

  @Override
  public HttpSender createSender(HttpSenderConfig config) {
    URI endpoint = config.getEndpoint();
    return new QuietSender(
        new JdkHttpSenderProvider().createSender(config), place(endpoint), signal(endpoint));
  }

  /** Returns the target of telemetry, without secret parts. */
  private static String place(URI endpoint) {
    String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
    return endpoint.getScheme() + "://" + endpoint.getHost() + port;
  }

  private static String signal(URI endpoint) {
    String path = endpoint.getPath();
    return path.endsWith("/v1/metrics") ? "metrics" : path.endsWith("/v1/traces") ? "spans" : "it";
  }

  private static final class QuietSender implements HttpSender {

    private final HttpSender sender;
    private final String place;
    private final String signal;

    /** A collector may give a new reason each time. */
    private final AtomicBoolean logged = new AtomicBoolean();

    QuietSender(HttpSender sender, String place, String signal) {
      this.sender = sender;
      this.place = place;
      this.signal = signal;
    }

    @Override
    public void send(
        MessageWriter message, Consumer<HttpResponse> answered, Consumer<Throwable> failed) {
      SentBatch delivery = SentBatch.current();
      sender.send(
          message,
          response -> answered.accept(judged(response, delivery)),
          failure -> {
            refused(
                delivery,
                "%s cannot be reached: %s".formatted(place, failure.getClass().getName()));
            answered.accept(new Taken());
          });
    }

    private HttpResponse judged(HttpResponse response, @Nullable SentBatch delivery) {
      if (response.getStatusCode() >= LOWEST_REFUSAL) {
        refused(delivery, "%s answers %d to %s".formatted(place, response.getStatusCode(), signal));
        return new Taken();
      }
      PartialSuccess partial = PartialSuccess.of(response.getResponseBody());
      if (partial.rejected() > 0) {
        String reason =
            "%s rejects %s: %s".formatted(place, signal, SeriesLimits.clean(partial.message()));
        if (delivery == null) {
          log(reason);
        } else {
          delivery.rejected(partial.rejected(), reason);
        }
      }
      return response;
    }

    private void refused(@Nullable SentBatch delivery, String reason) {
      if (delivery == null) {
        log(reason);
      } else {
        delivery.refused(reason);
      }
    }

    private void log(String reason) {
      if (logged.compareAndSet(false, true)) {
        GildLog.infoOnce("telemetry is lost: " + reason);
      }
    }

    @Override
    public CompletableResultCode shutdown() {
      return sender.shutdown();
    }
  }

  /** A response that reports success. */
  private record Taken() implements HttpResponse {

    @Override
    public int getStatusCode() {
      return 200;
    }

    @Override
    public String getStatusMessage() {
      return "";
    }

    @Override
    public byte[] getResponseBody() {
      return new byte[0];
    }
  }
}
