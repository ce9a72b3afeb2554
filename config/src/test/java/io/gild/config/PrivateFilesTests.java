package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTests {

  @TempDir Path folder;

  @BeforeEach
  void needsPermissions() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Path shared(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  @Test
  void makesFilesAndFoldersForTheirOwnerAlone() throws IOException {
    Path written = PrivateFiles.write(folder.resolve("a/b/report.json"), "{}");
    PrivateFiles.append(folder.resolve("c/calls.jsonl")).close();

    assertThat(rights(written)).isEqualTo("rw-------");
    assertThat(rights(folder.resolve("a"))).isEqualTo("rwx------");
    assertThat(rights(folder.resolve("a/b"))).isEqualTo("rwx------");
    assertThat(rights(folder.resolve("c/calls.jsonl"))).isEqualTo("rw-------");
  }

  @Test
  void tightensFilesThatExistedWithWiderRights() throws IOException {
    Path appended = shared("calls.jsonl", "one\n");
    Path written = shared("report.json", "old");

    try (OutputStream out = PrivateFiles.append(appended)) {
      assertThat(rights(appended)).as("before anything is written").isEqualTo("rw-------");
      out.write('x');
    }
    PrivateFiles.write(written, "new");

    assertThat(Files.readString(appended)).isEqualTo("one\nx");
    assertThat(rights(written)).isEqualTo("rw-------");
    assertThat(Files.readString(written)).isEqualTo("new");
  }

  @Test
  void tightensTheDataFolderAndNoOther() throws IOException {
    Path data = Files.createDirectories(folder.resolve("project/.gild"));
    String before = rights(data);

    PrivateFiles.createDirectories(data.resolve("evaluations"));

    assertThat(before).isNotEqualTo("rwx------");
    assertThat(rights(data)).isEqualTo("rwx------");
    assertThat(rights(folder.resolve("project"))).isEqualTo(before);
  }

  @Test
  void leavesTheOldContentAndNothingElseIfWritingFails() throws IOException {
    Path file = Files.createDirectories(folder.resolve("report.json"));

    assertThatThrownBy(() -> PrivateFiles.write(file, "new")).isInstanceOf(IOException.class);

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void writesThroughALink() throws IOException {
    Path target = shared("target.json", "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), target);

    PrivateFiles.write(link, "new");

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.readString(target)).isEqualTo("new");
  }

  @Test
  void endsTheUnfinishedLineOfAWriterThatDied() throws IOException {
    Path file = Files.writeString(folder.resolve("calls.jsonl"), "{\"a\":1}\n{\"a\":");

    try (OutputStream out = PrivateFiles.appendLines(file)) {
      out.write("{\"b\":2}\n".getBytes());
    }

    assertThat(Files.readAllLines(file)).containsExactly("{\"a\":1}", "{\"a\":", "{\"b\":2}");
  }

  @Test
  void staysOpenAfterAnInterrupt() throws IOException {
    Path file = folder.resolve("calls.jsonl");
    try (OutputStream out = PrivateFiles.append(file)) {
      Thread.currentThread().interrupt();
      out.write('a');
      assertThat(Thread.interrupted()).isTrue();
      out.write('b');
    }

    assertThat(Files.readString(file)).isEqualTo("ab");
  }
}
