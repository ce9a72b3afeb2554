package io.gild.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredClassesTests {

  private final ClassLoader own = new ClassLoader() {};
  private final ClassLoader application = ClassLoader.getSystemClassLoader();
  private final IgnoredClasses ignored = new IgnoredClasses(own);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java/util/List",
        "io/gild/core/AgentCall",
        "net/bytebuddy/ByteBuddy",
        "io/opentelemetry/javaagent/OpenTelemetryAgent",
        "com/acme/$Proxy12",
        "com/acme/Desk$$SpringCGLIB$$0"
      })
  void ignoresWhatIsNotTheApplications(String name) {
    assertThat(ignored.ignores(application, name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"com/acme/Desk", "com/acme/Desk$Inner", "io/gild/samples/Desk"})
  void inspectsTheApplication(String name) {
    assertThat(ignored.ignores(application, name)).isFalse();
  }

  @Test
  void ignoresTheJdksLoadersAndItsOwn() {
    assertThat(ignored.ignores(null, "com/acme/Desk")).isTrue();
    assertThat(ignored.ignores(ClassLoader.getPlatformClassLoader(), "com/acme/Desk")).isTrue();
    assertThat(ignored.ignores(own, "com/acme/Desk")).isTrue();
    assertThat(ignored.ignores(application, null)).isTrue();
  }
}
