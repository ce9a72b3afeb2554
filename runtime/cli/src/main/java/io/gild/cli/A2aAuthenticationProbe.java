package io.gild.cli;

import com.google.auto.service.AutoService;
import io.gild.a2a.server.A2aCredential;
import io.gild.a2a.server.A2aSettings;
import io.gild.smoke.spi.ProbeScope;
import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeProbe;
import io.gild.smoke.spi.SmokeTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Tries to use an A2A server without a secret, and with a wrong one. */
@AutoService(SmokeProbe.class)
public final class A2aAuthenticationProbe implements SmokeProbe {

  private static final int UNAUTHORIZED = 401;
  private static final String REQUEST =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":{\"id\":\"gild-smoke\"}}";
  private static final String WRONG = "gild-smoke-test-of-a-wrong-secret";

  @Override
  public SmokeTest test() {
    return SmokeTest.AUTHENTICATION;
  }

  @Override
  public SmokeFinding run(ProbeScope scope) throws IOException, InterruptedException {
    A2aSettings settings = scope.settings().get(A2aSettings.SECTION);
    if (settings.credentials().isEmpty()) {
      return SmokeFinding.notApplicable("a2a has no credentials");
    }
    URI address = address(settings, scope.url());
    if (address == null) {
      return SmokeFinding.notApplicable(
          "a2a.port is 0, and no address of the application is known");
    }
    int missing = status(address, "", "", scope);
    int wrong = status(address, "Authorization", "Bearer " + WRONG, scope);
    if (missing != UNAUTHORIZED || wrong != UNAUTHORIZED) {
      return SmokeFinding.failed(
          "the A2A server answers %d without a secret and %d with a wrong one, expected 401"
              .formatted(missing, wrong));
    }
    return accepts(settings.credentials().get(0), address, scope);
  }

  private static SmokeFinding accepts(
      A2aSettings.TenantSecret credential, URI address, ProbeScope scope)
      throws IOException, InterruptedException {
    String secret = System.getenv(credential.variable());
    if (secret == null || secret.isBlank()) {
      return SmokeFinding.passed(
          "the A2A server refuses callers without a secret; the right one was not tested, because "
              + credential.variable()
              + " is not set here");
    }
    boolean bearer = credential.kind() == A2aCredential.Kind.BEARER;
    int right =
        status(
            address,
            bearer ? "Authorization" : "X-API-Key",
            bearer ? "Bearer " + secret.strip() : secret.strip(),
            scope);
    return right == UNAUTHORIZED
        ? SmokeFinding.failed(
            "the A2A server answers 401 with the secret in " + credential.variable())
        : SmokeFinding.passed("the A2A server accepts its own secrets only");
  }

  private static @Nullable URI address(A2aSettings settings, @Nullable URI own) {
    if (settings.port() == 0) {
      return own;
    }
    String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + settings.port() + "/");
  }

  /** An empty header is not sent. */
  private static int status(URI address, String header, String value, ProbeScope scope)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(scope.timeout())
            .header("Content-Type", "application/json")
            .header("A2A-Version", "1.0")
            .POST(HttpRequest.BodyPublishers.ofString(REQUEST));
    if (!header.isEmpty()) {
      request.header(header, value);
    }
    try {
      return HttpClient.newHttpClient()
          .send(request.build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException unreachable) {
      throw new IOException("the A2A server at " + address + " did not answer", unreachable);
    }
  }
}
