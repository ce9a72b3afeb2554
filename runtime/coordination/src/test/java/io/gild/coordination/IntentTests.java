package io.gild.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aTaskState;
import io.gild.coordination.Intent.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntentTests {

  /** The operations of A2A 1.0; a card is read from its well-known address. */
  private static final Set<String> OPERATIONS =
      Set.of(
          "SendMessage",
          "GetTask",
          "CancelTask",
          "SubscribeToTask",
          "CreateTaskPushNotificationConfig",
          "GetAgentCard");

  @ParameterizedTest
  @EnumSource
  void hasAnOperationAStateOrNone(Intent intent) {
    switch (intent.form()) {
      case OPERATION -> assertThat(OPERATIONS).contains(intent.a2a());
      case STATE -> assertThat(A2aTaskState.valueOf(intent.a2a())).isNotNull();
      case EXTENSION -> assertThat(intent.a2a()).isEmpty();
    }
  }

  @Test
  void isInTheTableOfThePage() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("../../docs/coordination.md")).stream()
            .dropWhile(line -> !line.equals("## Intents"))
            .filter(line -> line.startsWith("| `"))
            .toList();
    for (Intent intent : Intent.values()) {
      String meaning =
          switch (intent.form()) {
            case OPERATION -> "operation `" + intent.a2a() + "`";
            case STATE -> "state `" + intent.a2a() + "`";
            case EXTENSION -> "none: an extension of Gild";
          };
      assertThat(rows)
          .filteredOn(row -> row.contains("`" + intent.wireName() + "`"))
          .singleElement()
          .asString()
          .contains(meaning);
    }
    assertThat(Intent.values()).hasSizeGreaterThanOrEqualTo(18);
    assertThat(Stream.of(Intent.values()).filter(each -> each.form() == Form.EXTENSION)).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource
  void travelsInTheMetadataOfAMessage(Intent intent) {
    A2aMessage message =
        A2aMessage.ofUser("hello").withMetadata(Map.of("own", "kept", Intent.EXTENSION, Map.of()));
    A2aMessage marked = intent.mark(Intent.HEARTBEAT.mark(message));
    assertThat(Intent.of(marked)).isEqualTo(intent);
    assertThat(marked.metadata()).containsEntry("own", "kept");
    assertThat(marked.extensions()).containsExactly(Intent.EXTENSION);
    assertThat(Intent.of(message)).isNull();
    assertThat(
            Intent.read(" " + intent.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')))
        .isEqualTo(intent);
  }

  @Test
  void namesAnUnknownIntent() {
    assertThatThrownBy(() -> Intent.read("levitate"))
        .isInstanceOf(UnknownIntentException.class)
        .hasMessageContaining("\"levitate\"")
        .hasMessageContaining("update the receiver");
  }
}
