package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpecialTokensTests {

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final OpenAiFormat OPEN_AI = new OpenAiFormat(CLOCK);

  private static final List<WireFormat> FORMATS =
      List.of(OPEN_AI, new ResponsesFormat(CLOCK, OPEN_AI), new AnthropicFormat());

  private static final ModelRequest REQUEST =
      new ModelRequest("own-model", List.of(), List.of(), false, null, null);

  static List<TokenKind> parts() {
    return Arrays.stream(TokenKind.values()).filter(kind -> kind.whole() != null).toList();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void areWrittenByAFormat(TokenKind kind) {
    Usage special = Usage.NONE;
    for (TokenKind at = kind; at.whole() != null; at = at.whole()) {
      special = special.with(at, 7_777);
    }
    Usage others = special.with(kind, 0);

    assertThat(written(special)).isNotEqualTo(written(others));
  }

  private static List<String> written(Usage special) {
    ModelAnswer answer = ModelAnswer.text("answer").withSpecialTokens(special);
    return FORMATS.stream().map(format -> format.whole(Completion.of(1, REQUEST, answer))).toList();
  }

  @Test
  void rejectInputAndOutputAsKinds() {
    assertThatThrownBy(() -> ModelAnswer.text("answer").withSpecialTokens(Usage.of(3, 0)))
        .hasMessage("input is counted from the texts, and must not be special, but is 3");
  }

  @Test
  void areNeverLargerInAPartThanInTheWhole() {
    Usage special = Usage.NONE.with(TokenKind.CACHE_WRITE, 3).with(TokenKind.CACHE_WRITE_HOUR, 5);

    assertThatThrownBy(() -> ModelAnswer.text("answer").withSpecialTokens(special))
        .hasMessage("cache-write-hour is a part of cache-write, but 5 is more than 3");
  }
}
