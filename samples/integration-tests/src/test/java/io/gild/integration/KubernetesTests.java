package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The example that attaches the javaagent in Kubernetes, as far as files go: its init container's
 * command runs in a folder of the test, and its variables and settings start a JVM.
 */
class KubernetesTests {

  private static final Path MANIFEST = Path.of("../../config/deploy/kubernetes/javaagent.yaml");
  private static final Path IMAGE = Path.of("../../config/deploy/docker/javaagent.Dockerfile");

  @TempDir private Path folder;
  private Map<?, ?> settings = Map.of();
  private Map<?, ?> pod = Map.of();

  @BeforeEach
  void read() throws Exception {
    Load reader = new Load(LoadSettings.builder().build());
    List<Map<?, ?>> documents = new ArrayList<>();
    reader
        .loadAllFromString(Files.readString(MANIFEST))
        .forEach(each -> documents.add((Map<?, ?>) each));
    settings = map(documents.get(0), "data");
    pod = map(map(map(documents.get(1), "spec"), "template"), "spec");
  }

  private static Map<?, ?> map(Map<?, ?> in, String key) {
    return (Map<?, ?>) in.get(key);
  }

  private static List<?> list(Map<?, ?> in, String key) {
    return (List<?>) in.get(key);
  }

  private Map<?, ?> container(String key) {
    return (Map<?, ?>) list(pod, key).get(0);
  }

  /** Moves the absolute paths of a container into the folder of the test. */
  private String moved(String text) {
    return text.replaceAll("(^|[ =:])/(gild|etc|var)", "$1" + folder + "/$2");
  }

  @Test
  void attachesTheJavaagent() throws Exception {
    Files.copy(Path.of(Child.agentJar()), folder.resolve("gild-javaagent.jar"));
    Files.createDirectories(folder.resolve("gild"));
    Files.createDirectories(folder.resolve("etc/gild"));
    String copy = String.join(" ", strings(list(container("initContainers"), "command")));
    assertThat(new ProcessBuilder("sh", "-c", moved(copy)).inheritIO().start().waitFor()).isZero();
    Files.writeString(
        folder.resolve("etc/gild/gild.yaml"),
        ((String) settings.get("gild.yaml"))
            .replace("com.acme.support.SupportDesk", "com.acme.child.FlakyDesk")
            .replace("9464", "0")
            .replace("0.0.0.0", "127.0.0.1"));

    Child.Builder builder = Child.on(Jdk.own());
    for (Object each : list(container("containers"), "env")) {
      Map<?, ?> variable = (Map<?, ?>) each;
      builder.environment((String) variable.get("name"), moved((String) variable.get("value")));
    }
    try (Child child = builder.environment("GILD_MODE", "enforce").start()) {
      assertThat(child.ask("flaky why")).isEqualTo("answer to why");
      assertThat(child.end())
          .anyMatch(line -> line.startsWith("[gild] Metrics are scraped at http://127.0.0.1:"))
          .contains("[gild] declared 1, woven 1");
    }
  }

  @Test
  void mountsWhatItsContainersName() {
    List<Object> volumes =
        list(pod, "volumes").stream().<Object>map(each -> ((Map<?, ?>) each).get("name")).toList();
    for (String key : List.of("initContainers", "containers")) {
      for (Object mount : list(container(key), "volumeMounts")) {
        assertThat(volumes).contains(((Map<?, ?>) mount).get("name"));
      }
    }
  }

  @Test
  void copiesTheJarThatTheBuildMakes() throws Exception {
    assertThat(Files.readAllLines(IMAGE))
        .contains("COPY " + Path.of(Child.agentJar()).getFileName() + " /gild-javaagent.jar");
  }

  private static List<String> strings(List<?> values) {
    return values.stream().map(String.class::cast).toList();
  }
}
