package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.spi.SettingsModule;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsModulesTests {

  @TempDir Path folder;

  /** A module whose class can be loaded. */
  public static final class Working implements SettingsModule {
    @Override
    public String name() {
      return "working";
    }
  }

  /** A module whose constructor fails, as one of another version may. */
  public static final class Failing implements SettingsModule {
    public Failing() {
      throw new NoSuchMethodError("io.gild.config.Section.of");
    }

    @Override
    public String name() {
      return "failing";
    }
  }

  /** A class that a service file names by mistake. */
  public static final class NotAModule {}

  @Test
  void leavesOutModulesThatCannotBeLoaded() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(SettingsModule.class.getName()),
        String.join(
            "\n",
            "com.acme.Missing",
            Failing.class.getName(),
            NotAModule.class.getName(),
            Working.class.getName()));
    Problems problems = new Problems();

    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, SettingsModulesTests.class.getClassLoader())) {
      assertThat(SettingsModules.find(loader, problems))
          .extracting(SettingsModule::name)
          .containsExactly("working");
    }

    assertThat(problems.list())
        .extracting(Problem::toString)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("class path: a module of Gild cannot be loaded: ")
                    .contains("com.acme.Missing"),
            line -> assertThat(line).contains("Failing").contains("NoSuchMethodError"),
            line -> assertThat(line).contains("NotAModule").contains("not a subtype"));
  }

  @Test
  void endsWhereAClassLoaderAlwaysFails() {
    ClassLoader broken =
        new ClassLoader(null) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    Problems problems = new Problems();

    assertThat(SettingsModules.find(broken, problems)).isEmpty();
    assertThat(problems.list()).singleElement().asString().contains("the disk is gone");
  }
}
