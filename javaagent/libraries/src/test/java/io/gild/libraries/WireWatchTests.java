package io.gild.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireWatchTests {

  private static final String TEXT =
      "{'choices': [{'delta': {'content': 'it said \\'finish_reason\\': \\'stop\\' [DONE]'},"
          + " 'finish_reason': null}]}";

  private final WireWatch watch = new WireWatch(() -> {});

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[DONE]",
        "{'choices': [{'index': 0, 'finish_reason': 'length'}]}",
        "{'type': 'message_delta', 'delta': {'stop_reason': 'refusal'}}",
        "{'type': 'message_stop'}",
        "{'candidates': [{'finishReason': 'SAFETY'}]}",
        "{'promptFeedback': {'blockReason': 'OTHER'}}",
        "{'message': {'content': ''}, 'done': true}",
        "{'type': 'response.incomplete', 'response': {}}",
      })
  void recognizesTheLastEventOfEachProtocol(String event) {
    watch.open();
    hear(TEXT);
    assertThat(watch.isBrokenOff()).isTrue();

    hear(event);

    assertThat(watch.isBrokenOff()).isFalse();
  }

  @Test
  void doesNotTakeTextForALastEvent() {
    watch.open();
    hear(TEXT);
    hear("{'choices': [{'delta': {'content': 'done'}, 'finish_reason': ''}]}");
    hear("{'message': {'content': 'x'}, 'done': false}");

    assertThat(watch.isBrokenOff()).isTrue();
  }

  @Test
  void reportsAStreamWithoutAnyEventAsCutOff() {
    assertThat(watch.isBrokenOff()).isFalse();
    watch.open();
    assertThat(watch.isBrokenOff()).isTrue();
  }

  @Test
  void ignoresUnknownProtocols() {
    watch.open();
    hear("{'event_type': 'text-generation', 'text': 'hello'}");
    hear("no JSON at all");

    assertThat(watch.isBrokenOff()).isFalse();
  }

  private void hear(String event) {
    // A quote within a text is escaped, as JSON wants it.
    watch.event(event.replace("\\'", "\u0000").replace('\'', '"').replace("\u0000", "\\\""));
  }
}
