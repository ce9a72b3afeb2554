package io.gild.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gild.ledger.FolderLedger;
import io.gild.ledger.LedgerQuery;
import io.gild.ledger.LedgerReport;
import io.gild.testkit.Faults;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTests {

  private static final Home HOME = new Home(Path.of("..", "..").toAbsolutePath().normalize());

  @Test
  void runsTheOldAgentInItsOwnJvm(@TempDir Path folder) throws Exception {
    AgentUnderTest agent = AgentUnderTest.plain(HOME);
    assumeThat(agent.missing()).as("legacy-support is packaged").isNull();
    DemoOptions options = new DemoOptions(false, false, 60, false, false, false);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    RunProgress progress =
        new RunProgress(new PrintStream(output, true, StandardCharsets.UTF_8), false);

    Runner.ScoredRun judged =
        new Runner(Workload.create(60, Runner.SEED), options, folder, progress).run(agent);

    Faults faults = Faults.rate(Runner.FAULT_RATE);
    long failing =
        LongStream.rangeClosed(1, 60)
            .filter(n -> faults.of(Runner.SEED, n).status() != 200)
            .count();
    Figures figures = judged.figures();
    assertThat(figures.failed()).isEqualTo((int) failing).isPositive();
    assertThat(figures.answeredCorrectly()).isEqualTo(60 - figures.failed());
    assertThat(figures.httpRequests()).isEqualTo(60);
    assertThat(figures.modelMix()).containsOnlyKeys("gpt-4o");
    assertThat(figures.costUsd()).isPositive();
    assertThat(output.toString(StandardCharsets.UTF_8)).contains("60/60");
    assertThat(folder.resolve("before-requests.jsonl")).exists();
  }

  @Test
  void writesALedgerThatEqualsTheLogOfTheProvider(@TempDir Path folder) throws Exception {
    AgentUnderTest agent = AgentUnderTest.attached(HOME);
    assumeThat(agent.missing()).as("legacy-support and the javaagent are packaged").isNull();
    DemoOptions options = new DemoOptions(false, false, 300, false, false, false);
    RunProgress progress =
        new RunProgress(
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);
    Runner runner = new Runner(Workload.create(300, Runner.SEED), options, folder, progress);

    Figures figures = runner.run(agent).figures();

    try (FolderLedger ledger = new FolderLedger(runner.ledger(agent), 1 << 26)) {
      LedgerReport report = ledger.query(List.of(LedgerQuery.all())).get(0);
      assertThat(report.problems()).isEmpty();
      assertThat(report.total().lost()).isZero();
      assertThat(report.total().usd()).isEqualByComparingTo(figures.costUsd());
      assertThat(report.total().requests()).isLessThanOrEqualTo(figures.httpRequests());
      assertThat(report.total().savings()).containsKey("cache");
    }
  }

  @Test
  void namesTheFileThatIsMissing(@TempDir Path folder) {
    AgentUnderTest agent = AgentUnderTest.plain(new Home(folder));

    assertThat(agent.missing()).isEqualTo(new Home(folder).legacyJar());
  }

  @Test
  void attachesTheAgentWithItsConfiguration() {
    Home home = new Home(Path.of("home"));

    assertThat(AgentUnderTest.attached(home).command(List.of("-Dx=y")))
        .endsWith(
            "-javaagent:" + home.agentJar() + "=config=" + home.config(),
            "-Dx=y",
            "-jar",
            home.legacyJar().toString());
  }
}
