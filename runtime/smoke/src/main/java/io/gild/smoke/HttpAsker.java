package io.gild.smoke;

import io.gild.golden.GoldenInput;
import io.gild.operations.GoldenSettings;
import io.gild.smoke.spi.AgentAsker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks an agent over HTTP, as settings describe it. */
final class HttpAsker implements AgentAsker {

  /** Marks the requests of tests, so that an application can distinguish them from others. */
  static final String MARK = "Gild-Synthetic";

  private final HttpCaller http;
  private final URI address;
  private final BodyTemplate body;
  private final AnswerField answer;
  private final @Nullable String token;
  private final String purpose;

  /**
   * Creates an asker.
   *
   * @param golden settings with a path
   * @param subject name of the settings, for messages
   * @param purpose value of the mark
   * @throws SmokeException if path or body are wrong
   */
  HttpAsker(
      HttpCaller http,
      URI base,
      GoldenSettings golden,
      String subject,
      @Nullable String token,
      String purpose) {
    this.http = http;
    String path = Objects.requireNonNull(golden.path());
    this.address = Addresses.join(base, path.startsWith("/") ? path : "/" + path);
    this.body = BodyTemplate.of(Objects.requireNonNull(golden.body()), subject + ".body");
    this.answer = new AnswerField(golden.answer());
    this.token = token;
    this.purpose = purpose;
  }

  @Override
  public String ask(GoldenInput input, Duration timeout) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/plain;q=0.9, */*;q=0.1")
            .header(MARK, purpose)
            .POST(HttpRequest.BodyPublishers.ofString(body.fill(input)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpCaller.Reply reply = http.send(request, timeout);
    if (!reply.isOk()) {
      throw new NoAnswerException(
          address.getPath() + " answered " + reply.status() + ": " + reply.start());
    }
    return answer.in(reply.body());
  }
}
