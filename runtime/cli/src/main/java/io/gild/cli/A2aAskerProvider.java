package io.gild.cli;

import com.google.auto.service.AutoService;
import io.gild.a2a.A2aException;
import io.gild.a2a.client.A2aClient;
import io.gild.a2a.client.A2aUnavailable;
import io.gild.core.GildRuntime;
import io.gild.golden.GoldenInput;
import io.gild.smoke.spi.AgentAsker;
import io.gild.smoke.spi.AgentAskerProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks agents over the Agent2Agent protocol. */
@AutoService(AgentAskerProvider.class)
public final class A2aAskerProvider implements AgentAskerProvider {

  private static final String MARK = "Gild-Synthetic";
  private static boolean isBare;

  @Override
  public String name() {
    return "A2A";
  }

  @Override
  public AgentAsker open(URI url, @Nullable String agent, @Nullable String token, String purpose) {
    useBareRuntime();
    String base = url.toString().replaceAll("/+$", "");
    String address = agent == null ? base : base + "/agents/" + agent;
    return (input, timeout) -> ask(client(address, token, purpose, timeout), input);
  }

  /**
   * The client's calls are governed by the runtime of this JVM. The one of the settings here would
   * start the endpoints and rollouts of the application that is tested.
   */
  private static synchronized void useBareRuntime() {
    if (!isBare) {
      isBare = true;
      GildRuntime.setGlobal(GildRuntime.builder().build());
    }
  }

  private static A2aClient client(
      String address, @Nullable String token, String purpose, Duration timeout) {
    A2aClient.Builder builder =
        A2aClient.builder(address).name("smoke").header(MARK, purpose).timeout(timeout);
    return (token == null ? builder : builder.bearer(token)).build();
  }

  private static String ask(A2aClient client, GoldenInput input) throws IOException {
    try {
      return client.ask(input.text());
    } catch (A2aUnavailable none) {
      throw new IOException("the A2A agent did not answer: " + none.getMessage(), none);
    } catch (A2aException other) {
      throw new AgentAsker.NoAnswerException("the A2A agent failed: " + other.getMessage());
    }
  }
}
