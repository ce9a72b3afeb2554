package io.gild.gates;

import static io.gild.gates.TestResults.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import io.gild.gates.AuditLog.Head;
import io.gild.gates.Gates.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTests {

  @TempDir private Path folder;

  private Path file;
  private AuditLog log;

  @BeforeEach
  void createLog() {
    log = AuditLog.in(folder);
    file = folder.resolve("audit/gates.jsonl");
  }

  @Test
  void recordsDecisionsAndUsedOverrides() throws IOException {
    GateOverrides overrides =
        GateOverrides.read(
            "o.yaml",
            "- {stage: dev-to-staging, criterion: pass-rate, who: Ada, why: launch, until: 2026-12-01}",
            LocalDate.of(2026, 11, 20));
    GateDecision decision =
        QualityGate.of(Stage.DEV_TO_STAGING, Settings.defaults().get(Gates.SECTION).devToStaging())
            .judge(
                GateEvidence.of("1.2", NOW).results(TestResults.tasks("support", 1, 5)).build(),
                overrides);
    Head head = log.append(decision);

    assertThat(head.lines()).isEqualTo(2);
    assertThat(head).hasToString("2 lines, sha256:" + head.hash());
    assertThat(Files.readAllLines(file).get(0))
        .startsWith(
            "{\"n\":1,\"prev\":\""
                + "0".repeat(64)
                + "\",\"at\":\"2026-11-20T10:00:00Z\",\"event\":\"gate\",\"stage\":\"dev-to-staging\"")
        .endsWith("\"}");
    assertThat(Files.readAllLines(file).get(1))
        .contains("\"event\":\"override\"", "\"who\":\"Ada\"");
    assertThat(log.verify().intact()).isTrue();
  }

  @Test
  void anEmptyLogIsIntact() {
    assertThat(log.verify().intact()).isTrue();
    assertThat(log.verify().head().lines()).isZero();
  }

  @Test
  void namesALineThatWasChanged() throws IOException {
    write(6);
    edit(lines -> lines.set(2, lines.get(2).replace("entry 3", "entry 8")));

    assertThat(log.verify().problem()).isEqualTo(file + ":3: this line was changed");
  }

  @Test
  void namesAChangedLineWithANewHash() throws IOException {
    write(6);
    String previous = AuditLine.read(Files.readAllLines(file).get(1)).hash();
    String forged = AuditLine.after(new Head(2, previous), NOW, Map.of("text", "entry 8")).text();
    edit(lines -> lines.set(2, forged));

    assertThat(log.verify().problem())
        .isEqualTo(
            file + ":4: this line does not follow the one before it: one of them was replaced");
  }

  @Test
  void namesWhereLinesWereRemoved() throws IOException {
    write(6);
    edit(lines -> lines.remove(2));

    assertThat(log.verify().problem())
        .isEqualTo(file + ":3: this line has number 4: lines were removed or moved");
  }

  @Test
  void namesALineThatWasInserted() throws IOException {
    write(6);
    edit(lines -> lines.add(3, lines.get(2)));

    assertThat(log.verify().problem())
        .isEqualTo(file + ":4: this line has number 3: lines were inserted or moved");
  }

  @Test
  void namesLinesThatChangedPlaces() throws IOException {
    write(6);
    edit(lines -> Collections.swap(lines, 1, 4));

    assertThat(log.verify().problem())
        .isEqualTo(file + ":2: this line has number 5: lines were removed or moved");
  }

  @Test
  void detectsACutOffTail() throws IOException {
    write(6);
    edit(lines -> lines.subList(4, 6).clear());

    assertThat(log.verify().problem())
        .isEqualTo(file + ":4: the log ends here, but had 6 lines: its tail was cut off");
  }

  @Test
  void detectsLinesPastTheEnd() throws IOException {
    write(4);
    Path head = folder.resolve("audit/gates.jsonl.head");
    String early = Files.readString(head);
    write(2);
    Files.writeString(head, early);

    assertThat(log.verify().problem())
        .isEqualTo(
            file + ":5: this line and those after it were added past the end that was noted");
    Files.writeString(head, "nonsense");
    assertThat(log.verify().problem()).isEqualTo(file + ".head: this is not the end of a log");
  }

  @Test
  void detectsARewrittenLogByAKeptEnd() throws IOException {
    Head kept = write(3);
    write(1);
    assertThat(log.verify(kept).intact()).isTrue();

    for (String name : List.of("gates.jsonl", "gates.jsonl.head")) {
      Files.delete(folder.resolve("audit").resolve(name));
    }
    log.append(List.of(Map.of("text", "nothing happened")), NOW);

    assertThat(log.verify().intact()).isTrue();
    assertThat(log.verify(kept).problem())
        .isEqualTo("line 3 is not the one that was kept: the log was written anew");
  }

  @Test
  void addsNothingToATamperedLog() throws IOException {
    write(3);
    edit(lines -> lines.remove(0));
    String before = Files.readString(file);

    assertThatThrownBy(() -> write(1))
        .isInstanceOf(AuditException.class)
        .hasMessageStartingWith(
            "The audit log is not as it was written: "
                + file
                + ":1: this line has number 2: lines were removed or moved. Keep it as evidence");
    assertThat(file).hasContent(before);
  }

  @Test
  void continuesAfterAnUnfinishedLine() throws IOException {
    write(2);
    String whole = Files.readString(file);
    Files.writeString(file, whole + whole.substring(0, 40));
    assertThat(log.verify())
        .satisfies(check -> {
          assertThat(check.intact()).isTrue();
          assertThat(check.note())
              .isEqualTo("The line after line 2 is unfinished: its writer died.");
        });
    write(1);

    assertThat(log.verify().intact()).isTrue();
    assertThat(log.verify().note()).isEmpty();
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  void writesForAThreadThatIsInterrupted() {
    write(1);
    Thread.currentThread().interrupt();
    write(1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(log.verify().head().lines()).isEqualTo(2);
  }

  @Test
  void survivesWritersThatAreKilled() throws Exception {
    for (int round = 1; round <= 3; round++) {
      Process writer = writer(Long.MAX_VALUE);
      long confirmed = 0;
      try (BufferedReader out = reader(writer)) {
        for (int line = 0; line < 20 * round; line++) {
          confirmed = Long.parseLong(out.readLine());
        }
        writer.destroyForcibly().waitFor(); // SIGKILL, while it is writing
      }
      AuditCheck check = log.verify();

      assertThat(check.problem()).isEmpty();
      assertThat(check.head().lines()).isGreaterThanOrEqualTo(confirmed);
    }
    assertThat(write(1).lines()).isEqualTo(Files.readAllLines(file).size());
  }

  @Test
  void serializesConcurrentWriters() throws Exception {
    Process one = writer(25);
    Process other = writer(25);
    for (int i = 0; i < 10; i++) {
      write(1);
    }
    assertThat(one.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(log.verify().problem()).isEmpty();
    assertThat(log.verify().head().lines()).isEqualTo(60);
  }

  private Process writer(long lines) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            AuditWriterMain.class.getName(),
            file.toString(),
            String.valueOf(lines))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private Head write(int lines) {
    Head head = log.verify().head();
    for (int i = 0; i < lines; i++) {
      head = log.append(List.of(Map.of("text", "entry " + (head.lines() + 1))), NOW);
    }
    return head;
  }

  private interface Edit {
    void edit(List<String> lines);
  }

  private void edit(Edit edit) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    edit.edit(lines);
    Files.writeString(file, String.join("\n", lines) + "\n");
  }
}
