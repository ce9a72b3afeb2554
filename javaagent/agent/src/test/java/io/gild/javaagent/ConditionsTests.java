package io.gild.javaagent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConditionsTests {

  @Test
  void knowsToolsByTheirModule() {
    assertThat(Conditions.isJdkTool("jdk.compiler", "com.sun.tools.javac.Main A.java")).isTrue();
    assertThat(Conditions.isJdkTool("jdk.jcmd", null)).isTrue();
  }

  @Test
  void knowsToolsByTheirMainClass() {
    assertThat(Conditions.isJdkTool(null, "com.sun.tools.javac.launcher.Main A.java")).isTrue();
    assertThat(Conditions.isJdkTool(null, "sun.tools.jar.Main cf a.jar")).isTrue();
  }

  @Test
  void takesEverythingElseForAnApplication() {
    assertThat(Conditions.isJdkTool(null, "com.acme.Main jdk.compiler")).isFalse();
    assertThat(Conditions.isJdkTool("com.acme.app", "com.acme.app/com.acme.Main")).isFalse();
    assertThat(Conditions.isJdkTool(null, null)).isFalse();
  }
}
