package io.gild.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DemoOptionsTests {

  @Test
  void are1500QuestionsToTheLoopbackProviderByDefault() {
    assertThat(parse(false)).isEqualTo(new DemoOptions(false, false, 1500, false, false));
  }

  @Test
  void are20QuestionsToARealModelIfThereIsAKey() {
    assertThat(parse(true)).isEqualTo(new DemoOptions(false, false, 20, false, true));
    assertThat(parse(true, "--loopback").real()).isFalse();
  }

  @Test
  void areReadFromTheCommandLine() {
    assertThat(parse(false, "--annotated", "--sdk-retries", "--questions", "60", "--quiet"))
        .isEqualTo(new DemoOptions(true, true, 60, true, false));
  }

  @Test
  void nameWhatIsUnknown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(false, "--anotated"))
        .withMessageContaining("--anotated")
        .withMessageContaining("usage");
    assertThatIllegalArgumentException().isThrownBy(() -> parse(false, "--questions", "many"));
    assertThatIllegalArgumentException().isThrownBy(() -> parse(false, "--questions"));
  }

  private static DemoOptions parse(boolean hasKey, String... args) {
    return DemoOptions.parse(args, hasKey);
  }
}
