package io.gild.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficEstimateTests {

  @TempDir private Path folder;

  private List<String> estimates(String lines) throws Exception {
    String yaml =
        """
        rollouts:
          search-2:
            engine: haproxy
            stable: {version: "1"}
            canary: {version: "2"}
        """
            + lines.indent(4);
    Path file = Files.writeString(folder.resolve("gild.yaml"), yaml);
    return RolloutPlan.of(Settings.load(file), "search-2").estimates();
  }

  @Test
  void saysHowManyCallsEachCriterionNeeds() throws Exception {
    assertThat(estimates(""))
        .hasSize(4)
        .allMatch(
            line -> line.matches("\\S+ needs about [\\d,]+ calls of the new version to pass"));
  }

  @Test
  void saysWhichCriterionTheTrafficCannotDecide() throws Exception {
    assertThat(estimates("calls-per-second: 0.01"))
        .allMatch(line -> line.contains("not be decided"));
    assertThat(estimates("calls-per-second: 10000"))
        .noneMatch(line -> line.contains("not be decided"));
  }

  @Test
  void saysWhichCriterionCanNeverPass() throws Exception {
    assertThat(estimates("criteria: {error-rate: {tolerance: 0, min-calls: 50}}"))
        .singleElement()
        .asString()
        .startsWith("error-rate can never pass");
  }
}
