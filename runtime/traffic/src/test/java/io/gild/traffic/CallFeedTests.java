package io.gild.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallFeedTests {

  @TempDir Path folder;

  private FeedServer server;
  private CallFeed feed;

  @BeforeEach
  void start() throws IOException {
    server = FeedServer.start();
    feed =
        new CallFeed(
            URI.create(server.url() + "/"), Files.writeString(folder.resolve("t"), "secret\n"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<Double> seconds() throws IOException {
    return feed.read().stream().map(FedCall::seconds).toList();
  }

  @Test
  void readsEachCallOnce() throws IOException {
    server.pageSize(2);
    for (int i = 0; i < 5; i++) {
      server.call("support", "succeeded", i, 0.25, 100);
    }

    assertThat(seconds()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    assertThat(seconds()).isEmpty();
    server.call("support", "failed", 7, 0.25, 100);
    assertThat(feed.read())
        .containsExactly(new FedCall("agent", "support", "", "", 7, "failed", 0.25, 100));
  }

  @Test
  void readsAllCallsOfARestartedProcess() throws IOException {
    server.call("support", "succeeded", 1, 0, 0);
    server.call("support", "succeeded", 2, 0, 0);
    assertThat(seconds()).hasSize(2);

    server.restart();
    server.call("support", "succeeded", 3, 0, 0);
    server.call("support", "succeeded", 4, 0, 0);
    server.call("support", "succeeded", 5, 0, 0);

    assertThat(seconds()).containsExactly(3.0, 4.0, 5.0);
  }

  @Test
  void readsASequenceThatGoesBackWithoutAnInstance() throws IOException {
    server.answer("{\"next\":9,\"calls\":[{\"seconds\":1}]}");
    assertThat(seconds()).contains(1.0);

    server.answer("{\"next\":2,\"lost\":3,\"calls\":[{\"seconds\":2}]}");

    assertThat(seconds()).containsExactly(2.0, 2.0); // this server repeats its answer
    assertThat(feed.lost()).isEqualTo(6);
  }

  @Test
  void losesNothingToAbsentFields() throws IOException {
    server.answer(
        "{\"next\":4,\"calls\":[{},null,{\"seconds\":null,\"usd\":-1,\"tokens\":\"many\"},"
            + "{\"outcome\":\"refused\",\"tokens\":3}]}");

    List<FedCall> calls = feed.read().subList(0, 3);

    assertThat(calls).hasSize(3).allMatch(call -> Double.isNaN(call.seconds() + call.usd()));
    assertThat(calls.get(2).refused()).isTrue();
    assertThat(calls.get(2).tokens()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "[1]", "\"text\""})
  void rejectsAnotherAnswer(String answer) {
    server.answer(answer);

    assertThatThrownBy(feed::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/v1/calls");
  }

  @Test
  void namesTheTokenAndTheProcess() throws IOException {
    assertThatThrownBy(new CallFeed(URI.create(server.url()), null)::read)
        .hasMessageContaining("the status is 401; token-file must be");
    assertThatThrownBy(new CallFeed(URI.create(server.url()), folder.resolve("none"))::read)
        .hasMessageContaining("the token file cannot be read");
    server.close();
    assertThatThrownBy(feed::read).hasMessageContaining("refuses connections");
  }
}
