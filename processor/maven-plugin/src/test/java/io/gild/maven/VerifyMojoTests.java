package io.gild.maven;

import static io.gild.maven.TestProject.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.golden.Shard;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyMojoTests {

  @TempDir private Path folder;

  private TestProject project;

  @BeforeEach
  void createProject() throws IOException {
    project = new TestProject(folder);
    project.register(
        "com.acme.SupportAgent", "support", task("a"), task("b"), task("c"), task("d"), task("e"));
  }

  @Test
  void passesAtTheGate() throws Exception {
    for (String id : "abcd".split("")) {
      project.result("support", id, true, "");
    }
    project.result("support", "e", false, "expected y, got z");

    project.verify().execute();

    assertThat(project.log).contains("Gate dev-to-staging: PASSED for version 1.0");
    assertThat(project.log).anyMatch(line -> line.contains("support/e"));
    assertThat(project.log).anyMatch(line -> line.matches("Audit log ends at 1:[0-9a-f]{64}"));
    assertThat(folder.resolve("target/gild/report/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("target/gild/report/junit.xml")).isNotEmptyFile();
    assertThat(folder.resolve(".gild/audit/gates.jsonl")).isNotEmptyFile();
  }

  @Test
  void leavesTheDecisionToTheBuildThatHasAllShards() throws Exception {
    for (int index = 1; index <= 2; index++) {
      Shard shard = new Shard(index, 2);
      GenerateTestsMojo tests = project.generateTests();
      tests.shard = shard.toString();
      tests.execute();
      for (String id : "abcde".split("")) {
        if (shard.contains("support", id)) {
          project.result("support", id, true, "");
        }
      }
      VerifyMojo part = project.verify();
      part.shard = shard.toString();
      part.execute();
      assertThat(project.log)
          .anyMatch(line -> line.startsWith("Shard " + shard + " of the golden tasks: "));
      Files.createDirectories(folder.resolve("shards"));
      Files.move(folder.resolve("target/gild/results"), folder.resolve("shards/" + index));
    }
    assertThat(folder.resolve(".gild/audit/gates.jsonl")).doesNotExist();

    VerifyMojo all = project.verify();
    all.shards = folder.resolve("shards").toFile();
    all.execute();
    assertThat(project.log).contains("Gate dev-to-staging: PASSED for version 1.0");

    Files.delete(folder.resolve("shards/2/run.json"));
    assertThatThrownBy(all::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("shards/2 is no shard");
    all.shards = folder.resolve("elsewhere").toFile();
    assertThatThrownBy(all::execute).hasMessageContaining("there are no results in");
    all.shards = null;
    all.shard = "2/1";
    assertThatThrownBy(all::execute).hasMessageContaining("gild.shard must be from 1/1 to 1/1");
  }

  @Test
  void failsBelowTheGateAndListsTheTasks() throws Exception {
    project.result("support", "a", true, "");
    project.result("support", "b", true, "");
    project.result("support", "c", false, "expected y, got z");
    project.result("support", "d", true, "");

    assertThatThrownBy(() -> project.verify().execute())
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("The gate dev-to-staging is FAILED.")
        .hasMessageContaining("pass-rate of support: FAILED; 75.0 %")
        .hasMessageContaining("1 without a result: support/e");
  }

  @Test
  void countsTheLastRunOfATask() throws Exception {
    for (String id : "abcde".split("")) {
      project.result("support", id, false, "first");
      project.result("support", id, true, "");
    }

    project.verify().execute();

    assertThat(project.log).contains("Gate dev-to-staging: PASSED for version 1.0");
  }

  @Test
  void acceptsAPartialRunOnRequest() throws Exception {
    project.result("support", "a", true, "");
    VerifyMojo mojo = project.verify();
    mojo.partial = true;

    mojo.execute();

    assertThat(project.log).contains("Gate dev-to-staging: PASSED for version 1.0");
  }

  @Test
  void thresholdOverridesTheGatesOfTheSettings() throws Exception {
    for (String id : "abcd".split("")) {
      project.result("support", id, true, "");
    }
    project.result("support", "e", false, "expected y, got z");
    project.write("gild.yaml", "gates: {dev-to-staging: 0.9}");
    assertThatThrownBy(() -> project.verify().execute())
        .hasMessageContaining("pass-rate of support: FAILED; 80.0 %");

    VerifyMojo mojo = project.verify();
    mojo.threshold = 0.5;
    mojo.execute();
    assertThat(project.log).contains("Gate dev-to-staging: PASSED for version 1.0");
  }

  @Test
  void suggestsTheNearestStageForAnUnknownOne() {
    project.result("support", "a", true, "");
    VerifyMojo mojo = project.verify();
    mojo.stage = "dev-to-stagin";

    assertThatThrownBy(mojo::execute)
        .hasMessage(
            "gild.stage must be one of dev-to-staging, staging-to-production, production, but is"
                + " \"dev-to-stagin\". Did you mean \"dev-to-staging\"?");
  }

  @Test
  void blocksProductionWithoutMeasurements() throws Exception {
    for (String id : "abcde".split("")) {
      project.result("support", id, true, "");
    }
    VerifyMojo mojo = project.verify();
    mojo.stage = "production";

    assertThatThrownBy(mojo::execute)
        .hasMessageContaining("The gate production is BLOCKED.")
        .hasMessageContaining("live");
  }

  @Test
  void reportsWithoutAGate() throws Exception {
    project.result("support", "a", false, "expected y, got z");

    project.report().execute();

    assertThat(folder.resolve("target/gild/report/report.md")).content().contains("support");
    assertThat(folder.resolve(".gild/audit")).doesNotExist();
  }

  @Test
  void rejectsAThresholdInPercent() {
    project.result("support", "a", true, "");
    VerifyMojo mojo = project.verify();
    mojo.threshold = 80.0;

    assertThatThrownBy(mojo::execute)
        .hasMessage("gild.threshold must be from 0 to 1, but is 80.0. Write 0.8 for 80 %.");
  }

  @Test
  void failsIfNoTaskHasAResult() {
    assertThatThrownBy(() -> project.verify().execute())
        .isInstanceOf(MojoFailureException.class)
        .hasMessageStartingWith(
            "5 golden tasks are declared, but none left a result in "
                + folder.resolve("target/gild/results"));
  }

  @Test
  void namesASurefireThatRanNoTest() {
    project.plugin("maven-surefire-plugin", "2.12.4");

    assertThatThrownBy(() -> project.verify().execute())
        .hasMessageStartingWith("5 golden tasks are declared, but none left a result in ")
        .hasMessageContaining("This build uses maven-surefire-plugin 2.12.4,");
  }

  @Test
  void namesThePlaceOfABrokenResult() throws IOException {
    Path file = project.write("target/gild/results/r.jsonl", "\n{\"agent\":\n");

    assertThatThrownBy(() -> project.verify().execute())
        .hasMessage(
            "Results cannot be read. Delete them and run the tests again.\n  "
                + file
                + ":2: not a result: 1:10: expected a value");
  }

  @Test
  void namesBrokenSettings() throws IOException {
    project.result("support", "a", true, "");
    Path file = project.write("gild.yaml", "gates: {production: 2}");

    assertThatThrownBy(() -> project.verify().execute())
        .hasMessage(
            "The settings are wrong:\n  "
                + file
                + ":1:21: gates.production: pass-rate must be from 0.0 to 1.0, but is 2.0");
  }

  @Test
  void rejectsANamedSettingsFileThatIsMissing() throws IOException {
    project.result("support", "a", true, "");
    VerifyMojo mojo = project.verify();
    mojo.config = folder.resolve("typo.yaml").toFile();

    assertThatThrownBy(mojo::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "gild.config names "
                + folder.resolve("typo.yaml")
                + ", which does not exist. Name a file that does, or none.");
  }

  @ParameterizedTest
  @EnumSource
  void rejectsEveryOtherNamedFileThatIsMissing(Named named) {
    project.result("support", "a", true, "");
    Path missing = folder.resolve("missing");

    for (GatedMojo mojo : List.of(project.verify(), project.report())) {
      named.setter.accept(mojo, missing);

      assertThatThrownBy(mojo::execute)
          .hasMessageContaining(named.message.formatted(missing))
          .hasMessageNotContaining("\n");
    }
  }

  private enum Named {
    DOCS((mojo, file) -> mojo.docs = file.toFile(), "gild.docs names %s, which does not exist."),
    LOAD_TESTS(
        (mojo, file) -> mojo.loadTests = List.of(file.toFile()),
        "The report of a load test %s does not exist."),
    LIVE(
        (mojo, file) -> mojo.live = List.of(file.toString()),
        "The report of a running application %s does not exist."),
    BASELINE(
        (mojo, file) -> mojo.baseline = file.toFile(),
        "baseline %s holds no results. Name a folder with those of a run."),
    OVERRIDES(
        (mojo, file) -> mojo.config = overriding(file), "The file of gates.overrides %s does not");

    private final BiConsumer<GatedMojo, Path> setter;
    private final String message;

    Named(BiConsumer<GatedMojo, Path> setter, String message) {
      this.setter = setter;
      this.message = message;
    }

    private static File overriding(Path file) {
      try {
        return Files.writeString(
                file.resolveSibling("gild.yaml"), "gates: {overrides: " + file + "}")
            .toFile();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void passesWithoutTasks(@TempDir Path other) throws Exception {
    TestProject empty = new TestProject(other);

    empty.verify().execute();

    assertThat(empty.log).containsExactly("There are no golden tasks.");
  }

  @Test
  void passesAgentsWithoutTasksWithOneWarningThatNamesThem(@TempDir Path other) throws Exception {
    TestProject untested = new TestProject(other);
    untested.register("com.acme.SupportAgent", "support");
    untested.register("com.acme.BillingAgent", "billing");

    untested.verify().execute();

    assertThat(untested.log)
        .containsExactly(
            "The quality gate judges nothing: no agent of this module has a golden task (billing,"
                + " support). Add @GoldenTask to a method.");
    assertThat(other.resolve(".gild")).as("no decision, so no audit log").doesNotExist();
  }
}
