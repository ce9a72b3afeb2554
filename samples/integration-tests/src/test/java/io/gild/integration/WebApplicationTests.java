package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.web.ClosingListener;
import com.acme.web.DeskServlet;
import com.acme.web.TomcatMain;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A web application in Tomcat that has Gild in {@code WEB-INF/lib}. */
class WebApplicationTests {

  private static final String SETTINGS =
      """
      mode: enforce
      agents:
        - agent: desk
          retry: {max-attempts: 2}
          circuit-breaker: {}
          time-limit: {timeout-duration: 20s}
      """;

  @TempDir Path folder;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void leavesNothingInMemoryIfItClosesGildAsDocumented(Jdk jdk) throws Exception {
    String listener = ClosingListener.class.getName();
    try (Child server =
        Child.on(jdk)
            .classPath(ClassPaths.of(List.of("org.apache.tomcat.embed:tomcat-embed-core:11.0.14")))
            .main(TomcatMain.class)
            .flags("-Dapplication=" + application(), "-XX:+UseSerialGC")
            .flags("-Dgild.config=" + ConfigFile.of(SETTINGS))
            .start()) {
      assertThat(server.ask(listener)).isEqualTo("why on gild-attempt, 0 left");
      assertThat(server.ask("none")).as("the leak that the page warns of").endsWith(", 3 left");
    }
  }

  private Path application() throws IOException {
    Path libraries = Files.createDirectories(folder.resolve("WEB-INF/lib"));
    for (String jar : MavenBuild.gild().split(File.pathSeparator)) {
      Files.copy(Path.of(jar), libraries.resolve(Path.of(jar).getFileName()));
    }
    for (Class<?> type : List.of(DeskServlet.class, ClosingListener.class)) {
      String name = type.getName().replace('.', '/') + ".class";
      Path copy = folder.resolve("WEB-INF/classes").resolve(name);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of("target/test-classes").resolve(name), copy);
    }
    return folder;
  }
}
