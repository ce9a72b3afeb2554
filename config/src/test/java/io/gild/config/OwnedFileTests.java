package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnedFileTests {

  /** Takes a file in another JVM. */
  public static final class Taker {
    public static void main(String[] args) throws Exception {
      try {
        OwnedFile.take(Path.of(args[0])).close();
        System.out.println("taken");
      } catch (OwnedFile.TakenException taken) {
        System.out.println(taken.owner());
      }
    }
  }

  @TempDir Path folder;

  private static String inAnotherJvm(Path file) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Taker.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String printed =
        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    child.waitFor();
    return printed;
  }

  @Test
  void staysOwnedAlthoughTheSameJvmAsksForItAgain() throws Exception {
    Path file = folder.resolve("new/lock");
    String own = "process " + ProcessHandle.current().pid();
    OwnedFile owned = OwnedFile.take(file);
    assertThatThrownBy(() -> OwnedFile.take(folder.resolve("new/../new/lock")))
        .isInstanceOf(OwnedFile.TakenException.class)
        .hasMessageContaining("is used by " + own);
    assertThat(inAnotherJvm(file)).startsWith(own);
    owned.close();
    assertThat(inAnotherJvm(file)).isEqualTo("taken");
    OwnedFile.take(file).close();
  }
}
