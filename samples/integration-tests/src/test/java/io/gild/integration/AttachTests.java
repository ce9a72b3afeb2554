package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.javaagent.Attach;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent in a running application. */
class AttachTests {

  private static final String RETRYING =
      """
      mode: enforce
      agents:
        - match: com.acme.child.FlakyDesk#answer
          retry: {max-attempts: 3, wait-duration: 0s}
      """;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void governsAfterAttachingAndLeavesNothingAfterDetaching(Jdk jdk) throws Exception {
    try (Child child = Child.on(jdk).flags("-XX:+EnableDynamicAgentLoading").start()) {
      assertThat(child.ask("flaky 1")).startsWith("threw");
      assertThat(child.ask("flaky 2")).startsWith("threw");
      assertThat(child.ask("flaky 3")).isEqualTo("answer to 3");

      Attach.attach(child.pid(), "config=" + ConfigFile.of(RETRYING));
      assertThat(child.ask("flaky 4")).isEqualTo("answer to 4");
      assertThat(child.ask("flaky 5")).isEqualTo("answer to 5");

      Attach.attach(child.pid(), "detach");
      assertThat(child.ask("flaky 6")).startsWith("threw");
      assertThat(child.end()).containsExactly("[gild] declared 1, woven 1");
    }
  }

  @Test
  void commandsAttachAndDetach() throws Exception {
    try (Child child = Child.on(Jdk.own()).flags("-XX:+EnableDynamicAgentLoading").start()) {
      assertThat(gild("attach", child.pid(), "config=" + ConfigFile.of(RETRYING))).isZero();
      assertThat(child.ask("flaky 2")).isEqualTo("answer to 2");
      assertThat(gild("attach", child.pid())).isEqualTo(1);

      assertThat(gild("detach", child.pid())).isZero();
      assertThat(child.ask("flaky 1")).startsWith("threw");
      assertThat(gild("detach", child.pid())).isEqualTo(1);
    }
  }

  private static int gild(String command, String... arguments) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Jdk.own().java(),
                "-jar",
                System.getProperty("gild.cli.jar"),
                command,
                "--agent",
                Child.agentJar()));
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).inheritIO().start().waitFor();
  }

  @Test
  void rejectsASecondAttach() throws Exception {
    try (Child child =
        Child.on(Jdk.own()).flags("-XX:+EnableDynamicAgentLoading").agent("").start()) {
      assertThatThrownBy(() -> Attach.attach(child.pid(), ""))
          .isInstanceOf(Attach.Failure.class)
          .hasMessage("process " + child.pid() + " holds the agent already; detach it first");
    }
  }

  @Test
  void reportsThatThereIsNothingToDetach() throws Exception {
    try (Child child = Child.on(Jdk.own()).start()) {
      assertThatThrownBy(() -> Attach.attach(child.pid(), "detach"))
          .isInstanceOf(Attach.Failure.class)
          .hasMessageContaining("does not hold the agent");
    }
  }

  @Test
  void reportsThatAttachingIsForbidden() throws Exception {
    try (Child child = Child.on(Jdk.own()).flags("-XX:+DisableAttachMechanism").start()) {
      assertThatThrownBy(() -> Attach.attach(child.pid(), ""))
          .isInstanceOf(Attach.Failure.class)
          .hasMessageContaining("cannot be attached to");
    }
  }

  @Test
  void reportsAnUnknownProcess() {
    assertThatThrownBy(() -> Attach.attach("999999999", ""))
        .isInstanceOf(Attach.Failure.class)
        .hasMessage("there is no process 999999999");
    assertThatThrownBy(() -> Attach.attach("desk", ""))
        .isInstanceOf(Attach.Failure.class)
        .hasMessageContaining("is not a process id");
  }
}
