package io.gild.javaagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentPreMainTests {

  @ParameterizedTest
  @ValueSource(strings = {"17", "21", "25", "26"})
  void takesModernVersions(String version) {
    assertThat(AgentPreMain.isSupported(version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8", "9", "11", "16", ""})
  void refusesOldVersions(String version) {
    assertThat(AgentPreMain.isSupported(version)).isFalse();
  }

  @Test
  void loadsOnJava8ToReportTheVersion() throws IOException {
    try (DataInputStream in =
        new DataInputStream(AgentPreMain.class.getResourceAsStream("AgentPreMain.class"))) {
      assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
      in.readUnsignedShort();
      assertThat(in.readUnsignedShort()).isEqualTo(52);
    }
  }
}
