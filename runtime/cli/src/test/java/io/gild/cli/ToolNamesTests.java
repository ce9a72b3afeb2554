package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolNamesTests {

  @ParameterizedTest
  @ValueSource(
      strings = {"pay", "sendMail", "create_ticket", "BookFlight", "do-refund", "crmUpdate"})
  void recognizesSideEffects(String tool) {
    assertThat(ToolNames.looksLikeSideEffect(tool)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"getOrder", "time", "list_payments", "findBooking", "weather", "", "payload"})
  void recognizesHarmlessTools(String tool) {
    assertThat(ToolNames.looksLikeSideEffect(tool)).isFalse();
  }
}
