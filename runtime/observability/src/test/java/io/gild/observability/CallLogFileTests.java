package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLogFileTests {

  @TempDir Path folder;

  @Test
  void keepsTheNewestLinesWithinTwiceTheLimit() throws Exception {
    Path file = folder.resolve("new/calls.jsonl");
    CallLogFile log = new CallLogFile(file, 1_024);
    for (int i = 0; i < 1_000; i++) {
      log.accept("line " + i);
    }

    Path older = file.resolveSibling("calls.jsonl.1");
    assertThat(Files.size(file)).isLessThanOrEqualTo(1_024);
    assertThat(Files.size(older)).isLessThanOrEqualTo(1_024);
    assertThat(Files.readAllLines(file)).endsWith("line 999");
    assertThat(file.getParent()).isDirectoryContaining(each -> each.equals(older));
    try (var files = Files.list(file.getParent())) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void continuesAnExistingFile() throws Exception {
    Path file = Files.writeString(folder.resolve("calls.jsonl"), "x".repeat(1_000) + "\n");
    new CallLogFile(file, 1_024).accept("a line that does not fit any more");

    assertThat(Files.readString(file)).isEqualTo("a line that does not fit any more\n");
    assertThat(folder.resolve("calls.jsonl.1")).hasSize(1_001);
  }

  @Test
  void onlyTheOwnerReadsBothFiles() throws Exception {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Path file = Files.writeString(folder.resolve("calls.jsonl"), "x".repeat(1_000) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    new CallLogFile(file, 1_024).accept("a line that does not fit any more");

    for (Path each : List.of(file, folder.resolve("calls.jsonl.1"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void countsTheLinesThatADiskFailureLoses() {
    CallLogFile log = new CallLogFile(folder, 1_024); // a folder takes no lines
    log.accept("one");
    log.accept("two");

    assertThat(log.lost()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }
}
