package io.gild.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class DemoCommandTests {

  @Test
  void asks1500QuestionsOfTheLoopbackProviderByDefault() {
    assertThat(parse(false)).isEqualTo(new DemoOptions(false, false, 1500, false, false, false));
  }

  @Test
  void asks20QuestionsOfARealModelIfThereIsAKey() {
    assertThat(parse(true)).isEqualTo(new DemoOptions(false, false, 20, false, true, false));
    assertThat(parse(true, "--loopback").real()).isFalse();
  }

  @Test
  void readsItsCommandLine() {
    assertThat(parse(false, "--annotated", "--sdk-retries", "--questions", "60", "--quiet"))
        .isEqualTo(new DemoOptions(true, true, 60, true, false, false));
  }

  @Test
  void keepsTheConsoleOpenOnRequest() {
    assertThat(parse(false, "--console").console()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--anotated", "--questions", "--questions=many", "--questions=0"})
  void namesWrongArguments(String argument) {
    assertThatThrownBy(() -> parse(false, argument))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(argument.split("=")[0]);
  }

  @Test
  void refusesAConsoleWhereThereIsNone() {
    StringWriter problems = new StringWriter();
    CommandLine line = new CommandLine(new DemoCommand()).setErr(new PrintWriter(problems, true));
    assertThat(line.execute("--console", "--workflow")).isEqualTo(2);
    assertThat(problems.toString()).contains("--console must not be combined with");
  }

  private static DemoOptions parse(boolean hasKey, String... args) {
    DemoCommand command = new DemoCommand();
    new CommandLine(command).parseArgs(args);
    return command.options(hasKey);
  }
}
