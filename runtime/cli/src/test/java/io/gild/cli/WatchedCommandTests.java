package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedCommandTests {

  @Test
  void putsTheAgentFirstAmongTheOptionsOfJava() {
    assertThat(
            WatchedCommand.command(List.of("/opt/jdk/bin/java", "-jar", "a.jar"), "-javaagent:x"))
        .containsExactly("/opt/jdk/bin/java", "-javaagent:x", "-jar", "a.jar");
  }

  @Test
  void doesNotChangeOtherCommands() {
    assertThat(WatchedCommand.command(List.of("./run.sh", "java"), "-javaagent:x"))
        .containsExactly("./run.sh", "java");
  }
}
