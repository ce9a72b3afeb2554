package io.gild.benchmarks;

import io.gild.a2a.AgentCapabilities;
import io.gild.a2a.AgentCard;
import io.gild.a2a.server.A2aAgent;
import io.gild.a2a.server.A2aExchange;
import io.gild.a2a.server.A2aServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An agent that completes its tasks at once, or when it is told so. */
final class A2aSide implements HttpSide {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private final CountDownLatch finish = new CountDownLatch(1);
  private final A2aServer server =
      A2aServer.builder()
          .agent(
              A2aAgent.of(
                  "bench",
                  AgentCard.builder("Bench", "completes tasks")
                      .capabilities(AgentCapabilities.streaming(true))
                      .build(),
                  this::answer))
          .start();

  private void answer(A2aExchange exchange) throws InterruptedException {
    if (exchange.message().text().equals("wait")) {
      exchange.working();
      finish.await();
    }
    exchange.complete(null);
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public String messagePath() {
    return "/message:send";
  }

  @Override
  public String message(int number) {
    return message(number, "hi", "");
  }

  private static String message(int number, String text, String more) {
    return "{\"message\":{\"messageId\":\"m%d\",\"role\":\"ROLE_USER\",\"parts\":[{\"text\":\"%s\"}]}%s}"
        .formatted(number, text, more);
  }

  @Override
  public String streamPath() throws IOException {
    try (RawClient client = new RawClient(port())) {
      String task =
          client.post(
              messagePath(),
              message(-1, "wait", ",\"configuration\":{\"returnImmediately\":true}"));
      Matcher id = ID.matcher(task);
      if (!id.find()) {
        throw new IOException("No task in " + task);
      }
      return "/tasks/" + id.group(1) + ":subscribe";
    }
  }

  @Override
  public void finish() {
    finish.countDown();
  }

  @Override
  public void close() {
    server.close();
  }
}
