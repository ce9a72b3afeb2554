package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingSettingsTests {

  @TempDir private Path folder;

  private final List<Settings> changes = new ArrayList<>();
  private final List<SettingsException> mistakes = new ArrayList<>();

  @Test
  void followsItsFileAndKeepsTheLastGoodSettings() throws IOException {
    Path file = write("mode: enforce", 1);
    ReloadingSettings settings = new ReloadingSettings(file, changes::add, mistakes::add);
    assertThat(settings.current().mode()).isEqualTo(Mode.ENFORCE);
    assertThat(settings.check()).isFalse();

    write("mode: observe", 2);
    assertThat(settings.check()).isTrue();
    assertThat(settings.current().mode()).isEqualTo(Mode.OBSERVE);
    assertThat(changes).containsExactly(settings.current());

    write("mode: nonsense", 3);
    assertThat(settings.check()).isFalse();
    assertThat(settings.check()).isFalse();
    assertThat(settings.current()).isSameAs(changes.get(0));
    assertThat(mistakes).hasSize(1);

    write("mode: enforce", 4);
    assertThat(settings.check()).isTrue();
    assertThat(settings.current().mode()).isEqualTo(Mode.ENFORCE);
  }

  @Test
  void aMissingFileMayAppearLater() throws IOException {
    ReloadingSettings settings =
        new ReloadingSettings(folder.resolve("gild.yaml"), changes::add, mistakes::add);
    assertThat(settings.current().problems()).hasSize(1);

    write("mode: enforce", 1);
    assertThat(settings.check()).isTrue();
    assertThat(settings.current().mode()).isEqualTo(Mode.ENFORCE);
  }

  private Path write(String yaml, long second) throws IOException {
    Path file = Files.writeString(folder.resolve("gild.yaml"), yaml);
    return Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000));
  }
}
