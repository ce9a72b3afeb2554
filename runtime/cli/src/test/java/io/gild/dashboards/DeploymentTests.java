package io.gild.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files that are shipped are those that are made. */
class DeploymentTests {

  private static final Path SHIPPED = Path.of("../../config/deploy");

  /** Rewrite the files with {@code -Dgolden.rewrite=true}. */
  @Test
  void areShippedAsTheyAreMade() throws IOException {
    Map<String, String> made =
        new TreeMap<>(Deployment.of(Vocabulary.ofClassPath(), Map.of()).files());
    for (Map.Entry<String, String> file : made.entrySet()) {
      Path path = SHIPPED.resolve(file.getKey());
      if (Boolean.getBoolean("golden.rewrite")) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      assertThat(path).hasContent(file.getValue());
    }
    try (Stream<Path> shipped = Files.walk(SHIPPED)) {
      assertThat(
              shipped
                  .filter(Files::isRegularFile)
                  .map(path -> SHIPPED.relativize(path).toString().replace('\\', '/'))
                  .filter(path -> path.matches("(grafana|prometheus|alertmanager)/.*")))
          .containsExactlyInAnyOrderElementsOf(made.keySet());
    }
  }
}
