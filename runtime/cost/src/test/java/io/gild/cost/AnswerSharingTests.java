package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.spi.Clock;
import io.gild.testkit.ManualClock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerSharingTests {

  private final List<String> log = new CopyOnWriteArrayList<>();

  @BeforeEach
  void readLog() {
    GildLog.redirect((line, cause) -> log.add(line));
  }

  private static AnswerSharing sharing(Clock clock, String section) {
    return AnswerSharing.of(
        GildRuntime.builder()
            .clock(clock)
            .settings(Settings.builder().yaml("gild.yaml", "cached-answers: " + section).build())
            .module(new CostModule())
            .build());
  }

  @Test
  void sharesNothingByDefault() {
    assertThat(sharing(Clock.SYSTEM, "{}").store()).isNull();
    assertThat(log).isEmpty();
  }

  @Test
  void namesAStoreThatIsNotOnTheClassPath() {
    assertThat(sharing(Clock.SYSTEM, "{store: nowhere, application: desk, encrypt: false}").store())
        .isNull();
    assertThat(log)
        .anySatisfy(
            line -> assertThat(line).contains("cached-answers.store", "nowhere", "in-process"));
  }

  @Test
  void saysWhyNothingIsSharedWithoutKeys() {
    assertThat(sharing(Clock.SYSTEM, "{store: redis, application: desk}").spaces()).isEmpty();
    assertThat(log).anySatisfy(line -> assertThat(line).contains("in this JVM alone", "keys-env"));
  }

  @Test
  void sharesNothingWithoutTheNameOfAnApplication() {
    assertThat(sharing(Clock.SYSTEM, "{store: redis, encrypt: false}").spaces()).isEmpty();
    assertThat(log)
        .anySatisfy(line -> assertThat(line).contains("cached-answers.application is empty"));
  }

  @Test
  void sharesNoAnswersOfSimulations() {
    assertThat(sharing(ManualClock.create(), "{store: redis}").store()).isNull();
    assertThat(log).isEmpty();
  }
}
