package io.gild.a2a.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.Delegations;
import io.gild.a2a.serve.ServedObject;
import io.gild.a2a.server.A2aServer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DelegationsTests {

  /** Passes each question on to itself. */
  public static final class Circle {

    private final AtomicInteger asked = new AtomicInteger();
    private String url = "";

    public String answer(String question) {
      asked.incrementAndGet();
      return A2aClient.builder(url).build().ask(question);
    }
  }

  @Test
  void endsAgentsThatDelegateInACircle() throws Exception {
    Circle circle = new Circle();
    try (A2aServer server =
        A2aServer.builder()
            .agent(
                ServedObject.agent(
                    "circle", "d", circle, Circle.class.getMethod("answer", String.class)))
            .start()) {
      circle.url = server.url();
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> A2aClient.builder(server.url()).build().ask("hi"))
          .isInstanceOf(A2aTaskEnded.class);
      assertThat(circle.asked).hasValue(Delegations.MOST);
    }
  }
}
