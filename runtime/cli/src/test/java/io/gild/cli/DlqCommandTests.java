package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.a2a.A2aMessage;
import io.gild.coordination.Broker;
import io.gild.coordination.BrokerLimits;
import io.gild.coordination.EmbeddedEngine;
import io.gild.coordination.Envelope;
import io.gild.coordination.Intent;
import io.gild.coordination.Subscription;
import io.gild.coordination.Topics;
import io.gild.core.spi.Clock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DlqCommandTests {

  @TempDir Path folder;

  private Path settings;
  private String out = "";
  private String err = "";

  @BeforeEach
  void write() throws IOException {
    settings = folder.resolve("gild.yaml");
    Files.writeString(
        settings, "data: " + folder.resolve("data") + "\ncoordination: {engine: folder}\n");
  }

  private int run(String... words) {
    StringWriter printed = new StringWriter();
    StringWriter errors = new StringWriter();
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--settings";
    all[words.length + 1] = settings.toString();
    int code =
        new CommandLine(new DlqCommand())
            .setOut(new PrintWriter(printed))
            .setErr(new PrintWriter(errors))
            .execute(all);
    out = printed.toString();
    err = errors.toString();
    return code;
  }

  private Broker open() {
    return Broker.builder(
            EmbeddedEngine.folder(
                folder.resolve("data/broker"), BrokerLimits.DEFAULT, Clock.SYSTEM))
        .build();
  }

  private static void send(Broker broker, String agent, String text) {
    broker.publish(
        Envelope.builder(Topics.inbox(agent), Intent.REQUEST, A2aMessage.ofUser(text)).build());
  }

  private String firstId() {
    run("list");
    return out.lines().skip(1).findFirst().orElseThrow().split(" ")[0];
  }

  @Test
  void listsWithoutContentAndShowsWithContentWhileTheApplicationRuns() {
    assertThat(run("list")).isZero();
    assertThat(out).contains("No dead letter.");
    try (Broker broker = open()) {
      send(broker, "ann", "a secret");
      assertThat(run("list")).isZero();
      assertThat(out).contains("no-subscription", "inbox.ann").doesNotContain("secret");
      String id = firstId();
      assertThat(run("show", id)).isZero();
      assertThat(out).contains("a secret", "\"reason\": \"no-subscription\"");
      assertThat(run("show", "none")).isEqualTo(1);
      assertThat(run("replay", id)).isEqualTo(1);
      assertThat(err).contains("is used by process").contains("one broker at a time");
      assertThat(run("drop", id, "none")).isEqualTo(1);
      assertThat(out).contains("Dropped 1 of 2");
      assertThat(broker.deadLetters().list()).isEmpty();
    }
  }

  @Test
  void replaysToASubscription() {
    try (Broker broker = open()) {
      send(broker, "ann", "again");
    }
    String id = firstId();
    assertThat(run("replay", id)).isEqualTo(1);
    assertThat(out).contains("no subscription matches inbox.ann").contains("Replayed 0 of 1");
    try (Broker broker = open()) {
      broker.subscribe(Subscription.of("ann", "inbox.ann"), delivery -> {}).close();
    }
    assertThat(run("replay", "--all", "--reason", "no-subscription")).isZero();
    assertThat(out).contains("Replayed 1 of 1");
    run("list");
    assertThat(out).contains("No dead letter.");
    try (Broker broker = open()) {
      assertThat(broker.unsubscribe("ann")).isTrue();
      assertThat(broker.deadLetters().list()).hasSize(1);
    }
  }

  @Test
  void changesNothingWithoutASelection() {
    try (Broker broker = open()) {
      send(broker, "ann", "1");
    }
    assertThat(run("drop")).isEqualTo(2);
    assertThat(err).contains("name dead letters, or --all");
    assertThat(run("drop", "--reason", "expired")).isEqualTo(2);
    assertThat(run("drop", "--all", "--reason", "expired")).isZero();
    assertThat(out).contains("Dropped 0 of 0");
    assertThat(run("drop", "--all")).isZero();
    assertThat(out).contains("Dropped 1 of 1");
  }

  @Test
  void saysThatOnlyTheApplicationSeesAnEngineInProcess() throws IOException {
    Files.writeString(settings, "coordination: {engine: in-process}\n");
    assertThat(run("list")).isEqualTo(1);
    assertThat(out).contains("in-process: only the application itself");
    Files.writeString(settings, "coordination: {engine: foldr}\n");
    assertThat(run("list")).isEqualTo(1);
    assertThat(err).contains("coordination.engine is foldr").contains("\"folder\"");
  }
}
