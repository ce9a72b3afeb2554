package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLogFileTests {

  @TempDir Path folder;

  @Test
  void keepsTheNewestLinesWithinTwiceTheLimit() throws Exception {
    Path file = folder.resolve("new/calls.jsonl");
    CallLogFile log = new CallLogFile(file, 1_024);
    for (int i = 0; i < 1_000; i++) {
      log.write(List.of("line " + i));
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
    new CallLogFile(file, 1_024).write(List.of("a line that does not fit any more"));

    assertThat(Files.readString(file)).isEqualTo("a line that does not fit any more\n");
    assertThat(folder.resolve("calls.jsonl.1")).hasSize(1_001);
  }

  @Test
  void onlyTheOwnerReadsBothFiles() throws Exception {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Path file = Files.writeString(folder.resolve("calls.jsonl"), "x".repeat(1_000) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    new CallLogFile(file, 1_024).write(List.of("a line that does not fit any more"));

    for (Path each : List.of(file, folder.resolve("calls.jsonl.1"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void keepsTheLimitForLinesThatAreWrittenTogether() throws Exception {
    Path file = folder.resolve("calls.jsonl");
    List<String> lines = IntStream.range(0, 1_000).mapToObj(i -> "line " + i).toList();
    new CallLogFile(file, 1_024).write(lines);

    assertThat(Files.size(file)).isLessThanOrEqualTo(1_024);
    assertThat(Files.size(folder.resolve("calls.jsonl.1"))).isLessThanOrEqualTo(1_024);
    assertThat(Files.readAllLines(file)).endsWith("line 999");
  }

  @Test
  void beginsANewLineAfterOneThatWasCut() throws Exception {
    Path file = Files.writeString(folder.resolve("calls.jsonl"), "whole\n{\"cut");
    new CallLogFile(file, 1_024).write(List.of("next"));

    assertThat(file).hasContent("whole\n{\"cut\nnext");
  }

  @Test
  void followsARenamedATruncatedAndADeletedFile() throws Exception {
    Path file = folder.resolve("calls.jsonl");
    CallLogFile log = new CallLogFile(file, 1_024);
    log.write(List.of("one"));
    Files.move(file, folder.resolve("calls.jsonl.old"));
    log.write(List.of("two"));
    assertThat(file).hasContent("two");

    Files.copy(file, folder.resolve("copy"));
    Files.writeString(file, "", StandardOpenOption.TRUNCATE_EXISTING);
    log.write(List.of("three"));
    assertThat(file).hasContent("three");

    Files.delete(file);
    log.write(List.of("four"));
    assertThat(file).hasContent("four");
    assertThat(folder.resolve("calls.jsonl.old")).hasContent("one");
  }
}
