package io.gild.javaagent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class AttachTests {

  private static Properties jvm(String version) {
    Properties properties = new Properties();
    properties.setProperty("java.specification.version", version);
    return properties;
  }

  @Test
  void refusesAnOldJvm() {
    assertThatThrownBy(() -> Attach.check("42", jvm("11"), false))
        .isInstanceOf(Attach.Failure.class)
        .hasMessage("process 42 is Java 11; Gild needs 17 or later");
  }

  @Test
  void acceptsAJvmWithoutAnAgent() {
    assertThatCode(() -> Attach.check("42", jvm("17"), false)).doesNotThrowAnyException();
  }
}
