package io.gild.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.core.Usage;
import io.gild.libraries.TokenCounts.Kind;
import org.junit.jupiter.api.Test;

class TokenCountsTests {

  @Test
  void keepWhatIsKnownWhenLaterCountsLeaveItOut() {
    TokenCounts counts = openAi("{'prompt_tokens': 9, 'completion_tokens': 4}");

    counts.take(openAi("{}")).take(openAi("{'completion_tokens': 5}"));

    assertThat(counts.usage()).isEqualTo(new Usage(9, 0, 5));
  }

  @Test
  void readTheOneThatIsMissingFromTheSum() {
    assertThat(openAi("{'prompt_tokens': 9, 'total_tokens': 13}").usage())
        .isEqualTo(new Usage(9, 0, 4));
    assertThat(openAi("{'completion_tokens': 4, 'total_tokens': 13}").usage())
        .isEqualTo(new Usage(9, 0, 4));
  }

  @Test
  void areNoMoreInAPartThanInTheWhole() {
    TokenCounts counts =
        openAi(
            "{'prompt_tokens': 90, 'prompt_tokens_details': {'cached_tokens': 80},"
                + " 'completion_tokens': 9, 'completion_tokens_details': {'reasoning_tokens': 8}}");

    counts.take(openAi("{'prompt_tokens': 70, 'completion_tokens': 3}"));

    assertThat(counts.usage()).isEqualTo(new Usage(70, 70, 0, 3, 3));
  }

  @Test
  void ofAnthropicAtTheEndIncludeThoseAtTheStart() {
    TokenCounts counts =
        anthropic(
            "{'type': 'message_start', 'message': {'usage': {'input_tokens': 1000,"
                + " 'cache_read_input_tokens': 5, 'output_tokens': 1}}}");

    counts.takeCumulative(
        anthropic(
            "{'type': 'message_delta', 'usage': {'input_tokens': 9000, 'output_tokens': 7}}"));

    assertThat(counts.usage()).isEqualTo(new Usage(9005, 5, 0, 7, 0));
  }

  @Test
  void ofAnthropicThatAreZeroAtTheEndSayNothing() {
    TokenCounts counts =
        anthropic("{'message': {'usage': {'input_tokens': 1000, 'output_tokens': 1}}}");

    counts.takeCumulative(
        anthropic(
            "{'usage': {'input_tokens': 0, 'cache_read_input_tokens': 0, 'output_tokens': 7}}"));

    assertThat(counts.usage()).isEqualTo(new Usage(1000, 0, 7));
  }

  @Test
  void areFilledByASecondSourceWhereTheFirstHasNone() {
    TokenCounts second = new TokenCounts().set(Kind.INPUT, 5L).set(Kind.OUTPUT, 6L);

    assertThat(new TokenCounts().set(Kind.PLAIN_INPUT, 3L).fill(second).usage())
        .isEqualTo(new Usage(3, 0, 6));
    assertThat(new TokenCounts().set(Kind.PLAIN_INPUT, 0L).fill(second).usage())
        .isEqualTo(new Usage(5, 0, 6));
  }

  @Test
  void areNeverNegative() {
    assertThat(new TokenCounts().set(Kind.INPUT, -3L).set(Kind.OUTPUT, -1L).usage())
        .isEqualTo(Usage.NONE);
  }

  private static TokenCounts openAi(String usage) {
    return InvokeBody.of(json("{'choices': [], 'usage': " + usage + "}")).wireCounts();
  }

  private static TokenCounts anthropic(String event) {
    return InvokeBody.of(json(event)).counts();
  }

  private static Object json(String text) {
    return Json.read(text.replace('\'', '"'));
  }
}
