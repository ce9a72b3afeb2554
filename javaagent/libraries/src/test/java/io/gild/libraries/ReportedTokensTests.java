package io.gild.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.config.TokenKind;
import io.gild.config.Usage;
import org.junit.jupiter.api.Test;

class ReportedTokensTests {

  @Test
  void keepKnownCountsThatLaterCountsLeaveOut() {
    ReportedTokens counts = openAi("{'prompt_tokens': 9, 'completion_tokens': 4}");

    counts.take(openAi("{}")).take(openAi("{'completion_tokens': 5}"));

    assertThat(counts.usage()).isEqualTo(Usage.of(9, 5));
  }

  @Test
  void computeAMissingCountFromTheSum() {
    assertThat(openAi("{'prompt_tokens': 9, 'total_tokens': 13}").usage())
        .isEqualTo(Usage.of(9, 4));
    assertThat(openAi("{'completion_tokens': 4, 'total_tokens': 13}").usage())
        .isEqualTo(Usage.of(9, 4));
  }

  @Test
  void areNeverLargerInAPartThanInTheWhole() {
    ReportedTokens counts =
        openAi(
            "{'prompt_tokens': 90, 'prompt_tokens_details': {'cached_tokens': 80},"
                + " 'completion_tokens': 9, 'completion_tokens_details': {'reasoning_tokens': 8}}");

    counts.take(openAi("{'prompt_tokens': 70, 'completion_tokens': 3}"));

    assertThat(counts.usage())
        .isEqualTo(Usage.of(70, 3).with(TokenKind.CACHED_INPUT, 70).with(TokenKind.REASONING, 3));
  }

  @Test
  void ofAnthropicAtTheEndIncludeThoseAtTheStart() {
    ReportedTokens counts =
        anthropic(
            "{'type': 'message_start', 'message': {'usage': {'input_tokens': 1000,"
                + " 'cache_read_input_tokens': 5, 'output_tokens': 1}}}");

    counts.takeCumulative(
        anthropic(
            "{'type': 'message_delta', 'usage': {'input_tokens': 9000, 'output_tokens': 7}}"));

    assertThat(counts.usage()).isEqualTo(Usage.of(9005, 7).with(TokenKind.CACHED_INPUT, 5));
  }

  @Test
  void ofAnthropicThatAreZeroAtTheEndAreIgnored() {
    ReportedTokens counts =
        anthropic("{'message': {'usage': {'input_tokens': 1000, 'output_tokens': 1}}}");

    counts.takeCumulative(
        anthropic(
            "{'usage': {'input_tokens': 0, 'cache_read_input_tokens': 0, 'output_tokens': 7}}"));

    assertThat(counts.usage()).isEqualTo(Usage.of(1000, 7));
  }

  @Test
  void areFilledByASecondSourceWhereTheFirstHasNone() {
    ReportedTokens second = new ReportedTokens().set(TokenKind.INPUT, 5L).set(TokenKind.OUTPUT, 6L);

    assertThat(new ReportedTokens().setPlainInput(3L).fill(second).usage())
        .isEqualTo(Usage.of(3, 6));
    assertThat(new ReportedTokens().setPlainInput(0L).fill(second).usage())
        .isEqualTo(Usage.of(5, 6));
  }

  @Test
  void holdEveryKind() {
    for (TokenKind kind : TokenKind.values()) {
      ReportedTokens counts = new ReportedTokens();
      for (TokenKind at = kind; at != null; at = at.whole()) {
        counts.set(at, 9L);
      }

      assertThat(new ReportedTokens().take(counts).usage().get(kind)).isEqualTo(9);
      assertThat(new ReportedTokens().takeCumulative(counts).usage().get(kind)).isEqualTo(9);
    }
  }

  @Test
  void areEmptyUntilOneIsKnown() {
    assertThat(new ReportedTokens().set(TokenKind.OUTPUT, null).isEmpty()).isTrue();
    assertThat(new ReportedTokens().set(TokenKind.OUTPUT, 0L).isEmpty()).isFalse();
    assertThat(new ReportedTokens().setPlainInput(0L).isEmpty()).isFalse();
  }

  @Test
  void areNeverNegative() {
    assertThat(new ReportedTokens().set(TokenKind.INPUT, -3L).set(TokenKind.OUTPUT, -1L).usage())
        .isEqualTo(Usage.NONE);
  }

  private static ReportedTokens openAi(String usage) {
    return InvokeBody.of(json("{'choices': [], 'usage': " + usage + "}")).wireCounts();
  }

  private static ReportedTokens anthropic(String event) {
    return InvokeBody.of(json(event)).counts();
  }

  private static Object json(String text) {
    return Json.read(text.replace('\'', '"'));
  }
}
