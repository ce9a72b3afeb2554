package io.gild.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinFileTests {

  @TempDir private Path folder;

  private Path twin() {
    Path file = folder.resolve("desk.twin");
    try (Desk desk = Desk.open(folder.resolve("data"))) {
      TwinFile.write(file, desk.fill("1").snapshot());
    }
    return file;
  }

  @Test
  void keepsMemoriesSessionsAndSettings() {
    Path file = twin();
    TwinFile read = TwinFile.open(file);

    try (Desk desk = Desk.open(folder.resolve("data"))) {
      assertThat(Desk.content(read))
          .isEqualTo(Desk.content(desk.snapshot()))
          .hasSize(5)
          .noneMatch(item -> item.contains("m4") || item.contains("s3"));
      assertThat(read.twin().settings()).isEqualTo(desk.runtime().settings().given());
    }
    assertThat(read.twin().effectiveSettings().data()).isEqualTo(folder.resolve("data"));
  }

  @Test
  void saysWhatIsAbsent() {
    assertThat(TwinFile.open(twin()).twin().absent())
        .containsOnlyKeys("methods", "models seen in calls", "prompts", "breakers", "figures");
  }

  @Test
  void keepsNoPasswordOfTheSettings() throws IOException {
    Settings settings =
        Settings.builder()
            .yaml("gild.yaml", "observability: {report: 'https://ann:Planted12@host/x'}")
            .build();
    Path file =
        TwinFile.write(folder.resolve("x.twin"), TwinSnapshot.builder("desk", settings).build())
            .path();

    assertThat(Files.readString(file)).contains("ann:«secret»@host").doesNotContain("Planted");
  }

  @Test
  void isReadableByItsOwnerAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(twin())))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesATwinThatWasCutOffAnywhere() throws IOException {
    String whole = Files.readString(twin());
    Path torn = folder.resolve("torn.twin");
    for (int end = 0; end < whole.length() - 1; end += 7) {
      Files.writeString(torn, whole.substring(0, end));
      assertThatThrownBy(() -> TwinFile.open(torn))
          .as("the first %d characters", end)
          .isInstanceOf(TwinException.class)
          .hasMessageContaining("torn.twin, line ");
    }
  }

  @Test
  void refusesATwinThatWasChanged() throws IOException {
    Path file = twin();
    Files.writeString(file, Files.readString(file).replace("Ann prefers", "Eve prefers"));

    assertThatThrownBy(() -> TwinFile.open(file))
        .isInstanceOf(TwinException.class)
        .hasMessageContaining("was changed after it was written");
  }

  @Test
  void refusesATwinWithALineLess() throws IOException {
    Path file = twin();
    List<String> lines = Files.readAllLines(file);
    lines.removeIf(line -> line.startsWith("{\"memory\""));
    Files.write(file, lines);

    assertThatThrownBy(() -> TwinFile.open(file))
        .isInstanceOf(TwinException.class)
        .hasMessageContaining("its end expects");
  }

  @Test
  void refusesAnotherVersion() throws IOException {
    Path file = twin();
    Files.writeString(file, Files.readString(file).replace("{\"gild-twin\":1", "{\"gild-twin\":2"));

    assertThatThrownBy(() -> TwinFile.open(file))
        .hasMessageContaining("a twin of version 2; this version of Gild reads version 1");
  }

  @Test
  void refusesAnotherFile() throws IOException {
    Path file = Files.write(folder.resolve("x"), "{\"a\":1}\n".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> TwinFile.open(file)).hasMessageContaining("x, line 1: not a twin");
  }

  @Test
  void leavesTheOldFileIfTheAgentCannotBeRead() {
    Path file = twin();
    TwinSource broken =
        new TwinSource() {
          @Override
          public Twin twin() {
            return TwinFile.open(file).twin();
          }

          @Override
          public void visit(TwinVisitor visitor) {
            throw new TwinException("unreadable");
          }
        };

    assertThatThrownBy(() -> TwinFile.write(file, broken)).hasMessage("unreadable");
    assertThat(Desk.content(TwinFile.open(file))).hasSize(5);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }
}
