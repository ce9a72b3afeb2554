package io.gild.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gild.testkit.Faults;
import java.io.ByteArrayOutputStream;
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
