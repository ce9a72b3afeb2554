package io.gild.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gild.config.Json;
import io.gild.config.TokenKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultLogTests {

  @TempDir Path folder;

  @Test
  void readsTheResultsThatItWrote() {
    TaskResult result = result("refund", 2);
    new ResultLog(folder.resolve("deep/support.jsonl")).append(result);

    assertThat(ResultLog.read(folder.resolve("deep")).results()).containsExactly(result);
  }

  @Test
  void writesInputAndOutputTokens() {
    Map<?, ?> line = (Map<?, ?>) Json.read(ResultLog.line(result("refund", 1)));

    assertThat(Arrays.stream(TokenKind.values()).filter(kind -> kind.whole() == null))
        .as("kinds that no other one contains")
        .allSatisfy(kind -> assertThat(line.get(kind.field())).isNotNull())
        .hasSize(2);
  }

  @Test
  void readsOldResultsWithoutTheCostKnownKey() {
    String line = ResultLog.line(result("refund", 1));
    String old = line.replace(",\"costKnown\":true", "");

    assertThat(old).isNotEqualTo(line);
    assertThat(ResultLog.parse(old)).isEqualTo(result("refund", 1));
    assertThat(ResultLog.parse(line.replace("Known\":true", "Known\":false")).spent().costKnown())
        .isFalse();
  }

  @Test
  void losesOnlyTheUnfinishedLineOfAKilledJvm() throws IOException {
    Path file = folder.resolve("support.jsonl");
    new ResultLog(file).append(result("refund", 1));
    String whole = Files.readString(file);
    Files.writeString(file, whole + whole.substring(0, 40));
    new ResultLog(file).append(result("greeting", 1));

    ResultLog.Read read = ResultLog.read(folder);

    assertThat(read.results())
        .extracting(each -> each.key().task())
        .containsExactly("refund", "greeting");
    assertThat(read.problems())
        .singleElement()
        .asString()
        .contains("support.jsonl:2: not a result");
  }

  @Test
  void readsResultsBeforeALineThatEndsInsideACharacter() throws IOException {
    Path file = folder.resolve("support.jsonl");
    new ResultLog(file).append(result("refund", 1));
    byte[] torn = "{\"task\":\"Grü".getBytes(StandardCharsets.UTF_8);
    Files.write(file, Arrays.copyOf(torn, torn.length - 1), StandardOpenOption.APPEND);

    assertThat(ResultLog.read(folder).results()).containsExactly(result("refund", 1));
    assertThat(ResultLog.read(folder).problems()).hasSize(1);
  }

  @Test
  void readsNoResultsFromAMissingFolder() {
    assertThat(ResultLog.read(folder.resolve("absent")).results()).isEmpty();
  }

  @Test
  void onlyTheOwnerReadsResultsAndReports() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Path results = Files.createFile(folder.resolve("support.jsonl"));
    Path page = Files.createFile(folder.resolve("report.html"));
    for (Path before : List.of(results, page)) {
      Files.setPosixFilePermissions(before, PosixFilePermissions.fromString("rw-r--r--"));
    }

    new ResultLog(results).append(result("refund", 1));
    SampleReport.of(6).write(folder);

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .hasSize(5)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .as(file.toString())
                  .isEqualTo("rw-------"));
    }
  }

  private static TaskResult result(String task, int repeat) {
    return new TaskResult(
        new TaskKey("support", task),
        "1.2",
        "com.acme.SupportAgent#answer",
        List.of("smoke"),
        repeat,
        42,
        Instant.parse("2026-11-01T10:00:00Z"),
        Outcome.FAILED,
        0.25,
        List.of(new CheckResult("contains: 30 days", Outcome.FAILED, 0.25, 2, "not there")),
        "What is the \"refund\" policy?\nTell me.",
        "30 days",
        "Grüße \uD83D\uDE00",
        "the answer does not contain the expected text",
        new Spent(Duration.ofMillis(120), new BigDecimal("0.000123"), 100, 20, 2, 3));
  }
}
