package io.gild.maven;

import static io.gild.maven.TestProject.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    assertThat(project.log)
        .containsExactly(
            "4 of 5 golden tasks passed (80.0 %), gate 80.0 %.",
            "Failed: support/e: expected y, got z");
  }

  @Test
  void failsBelowTheGateAndListsTheTasks() throws Exception {
    project.result("support", "a", true, "");
    project.result("support", "b", true, "");
    project.result("support", "c", false, "expected y, got z");
    project.result("support", "d", true, "");

    assertThatThrownBy(() -> project.verify().execute())
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            """
            3 of 5 golden tasks passed (60.0 %), gate 80.0 %. Failed:
              support/c: expected y, got z
              support/e: did not run\
            """);
  }

  @Test
  void theLastRunOfATaskCounts() throws Exception {
    for (String id : "abcde".split("")) {
      project.result("support", id, false, "first");
      project.result("support", id, true, "");
    }

    project.verify().execute();

    assertThat(project.log).containsExactly("5 of 5 golden tasks passed (100.0 %), gate 80.0 %.");
  }

  @Test
  void aPartialRunIsJudgedAsSuchWhenAsked() throws Exception {
    project.result("support", "a", true, "");
    VerifyMojo mojo = project.verify();
    mojo.partial = true;

    mojo.execute();

    assertThat(project.log).containsExactly("1 of 1 golden tasks passed (100.0 %), gate 80.0 %.");
  }

  @Test
  void theThresholdWinsOverTheGatesOfTheSettings() throws Exception {
    for (String id : "abcd".split("")) {
      project.result("support", id, true, "");
    }
    project.write("gild.yaml", "gates: {dev-to-staging: 0.9}");
    assertThatThrownBy(() -> project.verify().execute())
        .hasMessageStartingWith("4 of 5 golden tasks passed (80.0 %), gate 90.0 %. Failed:");

    VerifyMojo mojo = project.verify();
    mojo.threshold = 0.5;
    mojo.execute();
    assertThat(project.log).contains("4 of 5 golden tasks passed (80.0 %), gate 50.0 %.");
  }

  @Test
  void refusesAThresholdInPercent() {
    VerifyMojo mojo = project.verify();
    mojo.threshold = 80.0;

    assertThatThrownBy(mojo::execute)
        .hasMessage("gild.threshold must be from 0 to 1, but is 80.0. Write 0.8 for 80 %.");
  }

  @Test
  void failsWhenNoTaskLeftAResult() {
    assertThatThrownBy(() -> project.verify().execute())
        .isInstanceOf(MojoFailureException.class)
        .hasMessageStartingWith(
            "5 golden tasks are declared, but none left a result in "
                + folder.resolve("target/gild/results"));
  }

  @Test
  void aBrokenResultNamesItsPlace() throws IOException {
    Path file = project.write("target/gild/results/r.jsonl", "\n{\"agent\":\n");

    assertThatThrownBy(() -> project.verify().execute())
        .hasMessage(
            "Results cannot be read. Delete them and run the tests again.\n  "
                + file
                + ":2: not a result: 1:10: expected a value");
  }

  @Test
  void brokenSettingsAreNamed() throws IOException {
    Path file = project.write("gild.yaml", "gates: {production: 2}");

    assertThatThrownBy(() -> project.verify().execute())
        .hasMessage(
            "The settings are wrong:\n  "
                + file
                + ":1:21: gates.production: pass-rate must be from 0.0 to 1.0, but is 2.0");
  }

  @Test
  void withoutTasksThereIsNothingToJudge(@TempDir Path other) throws Exception {
    TestProject empty = new TestProject(other);

    empty.verify().execute();

    assertThat(empty.log).containsExactly("There are no golden tasks.");
  }
}
