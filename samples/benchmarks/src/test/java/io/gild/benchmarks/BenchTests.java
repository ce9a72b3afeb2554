package io.gild.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Policies;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class BenchTests {

  private static final Score OURS = new Score(100, 2, 90, 96);
  private static final Score BASELINE = new Score(200, 5, 180, 264);

  @Test
  void measuresAllThoroughlyByDefault() {
    BenchmarkOptions options = parse();

    assertThat(options.suites()).isEqualTo(Suites.names());
    assertThat(options.effort()).isEqualTo(Effort.USUAL);
    assertThat(options.json()).isNull();
  }

  @Test
  void readsItsCommandLine() {
    BenchmarkOptions options =
        parse("engine", "--quick", "--rounds", "5", "--only", "cache", "--json", "x");

    assertThat(options.suites()).containsExactly("engine");
    assertThat(options.effort()).isEqualTo(Effort.QUICK.withRounds(5));
    assertThat(options.only()).isEqualTo("cache");
    assertThat(options.json()).isEqualTo(Path.of("x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--fast", "motor", "--json", "--rounds", "--rounds=100"})
  void rejectsUnknownArguments(String argument) {
    assertThatThrownBy(() -> parse(argument))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(argument.split("=")[0]);
  }

  private static BenchmarkOptions parse(String... args) {
    BenchCommand command = new BenchCommand();
    new CommandLine(command).parseArgs(args);
    return command.options();
  }

  @Test
  void showsBothSidesAndTheirRatio() {
    Row row = new Row("call / library", "ns/op", OURS, BASELINE);

    assertThat(BenchmarkTable.of(List.of(row)))
        .contains("call / library [ns/op]", "100.0 ± 2.0", "200.0 ± 5.0", "0.500");
    assertThat(row.fields())
        .containsEntry("name", "call / library")
        .containsEntry("ours", 100.0)
        .containsEntry("baseline", 200.0)
        .containsEntry("ratio", 0.5)
        .containsEntry("unit", "ns/op")
        .containsEntry("oursBytes", 96.0);
  }

  @Test
  void bothSidesGiveTheSameAnswer() {
    String answer = new EchoAgent().answer(Questions.REPEATED);
    HandWritten byHand = new HandWritten(true, Questions.CACHE_SIZE);
    GovernedEcho cached =
        new GovernedEcho(GovernedEcho.sturdy(GovernedEcho.cache(Questions.CACHE_SIZE, false)));

    assertThat(new GovernedEcho(Policies.none()).answer(Questions.REPEATED)).isEqualTo(answer);
    assertThat(new GovernedEcho(GovernedEcho.sturdy()).answer(Questions.REPEATED))
        .isEqualTo(answer);
    assertThat(cached.answer(Questions.REPEATED)).isEqualTo(answer);
    assertThat(cached.answer(Questions.REPEATED)).as("from the cache").isEqualTo(answer);
    assertThat(byHand.cached(Questions.REPEATED)).isEqualTo(answer);
    assertThat(byHand.cached(Questions.REPEATED)).as("from the cache").isEqualTo(answer);
    assertThat(byHand.straightLine(Questions.REPEATED)).isEqualTo(answer);
    assertThat(byHand.metered(Questions.REPEATED)).isEqualTo(answer);
  }

  @Test
  void springCreatesAProxyThatGivesTheSameAnswer() {
    try (SpringStyle spring = new SpringStyle(Questions.CACHE_SIZE)) {
      assertThat(spring.agent().cached(Questions.REPEATED))
          .isEqualTo(new EchoAgent().answer(Questions.REPEATED))
          .isEqualTo(spring.agent().answer(Questions.REPEATED));
    }
  }
}
