package io.gild.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Maven before 3.9, as published, with its own local repository: it does not support a second local
 * repository, so the user's repository is configured as a remote one.
 */
final class OldMaven {

  private static final Path FOLDER = Path.of("target/old-maven").toAbsolutePath();

  private OldMaven() {}

  /** Returns the beginning of a command line. */
  static synchronized List<String> command(String version, Path gild, Path userRepository)
      throws IOException {
    Path home = FOLDER.resolve("apache-maven-" + version);
    if (!Files.exists(home.resolve("bin/mvn"))) {
      unpack(Path.of(ClassPaths.file("org.apache.maven:apache-maven:zip:bin:" + version)));
    }
    Path repository = FOLDER.resolve("repository");
    install(gild.resolve("io/gild"), repository.resolve("io/gild"));
    Path settings = FOLDER.resolve("settings.xml");
    Files.writeString(settings, settings(userRepository));
    return List.of(
        "sh",
        home.resolve("bin/mvn").toString(),
        "-s",
        settings.toString(),
        "-Dmaven.repo.local=" + repository);
  }

  private static String settings(Path userRepository) {
    String known =
        "<id>known</id><url>%s</url><snapshots><enabled>false</enabled></snapshots>"
            .formatted(userRepository.toUri());
    return """
    <settings>
      <profiles><profile>
        <id>known</id>
        <repositories><repository>%1$s</repository></repositories>
        <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
      </profile></profiles>
      <activeProfiles><activeProfile>known</activeProfile></activeProfiles>
    </settings>
    """
        .formatted(known);
  }

  private static void install(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void unpack(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = FOLDER.resolve(entry.getName()).normalize();
        if (!entry.isDirectory() && file.startsWith(FOLDER)) {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
