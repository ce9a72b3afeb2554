package io.gild.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Journal;
import io.gild.config.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassetteWriterTests {

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("cassette.jsonl");
  }

  private CassetteWriter writer(long maxBytes) {
    return new CassetteWriter(file(), maxBytes, "s1", List.of("ACME-\\d+"), true);
  }

  @Test
  void writesItsHeaderBeforeTheFirstLine() throws IOException {
    CassetteWriter writer = writer(1_000);
    assertThat(file()).doesNotExist();

    assertThat(writer.write(Map.of("kind", "agent"))).isTrue();
    assertThat(writer.write(Map.of("kind", "tool"))).isTrue();

    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(3).endsWith("{\"kind\":\"agent\"}", "{\"kind\":\"tool\"}");
    assertThat(lines.get(0)).startsWith("{\"gild-cassette\":1,\"session\":\"s1\",\"java\":");
    Cassette read = Cassette.read("c", lines.get(0) + "\n");
    assertThat(read.patterns()).containsExactly("ACME-\\d+");
    assertThat(read.personal()).isTrue();
  }

  @Test
  void leavesOutWhatIsNestedTooDeeply() throws IOException {
    Object deep = "end";
    for (int i = 0; i < Json.MOST_DEPTH; i++) {
      deep = List.of(deep);
    }

    assertThat(writer(10_000).write(Map.of("request", deep))).isFalse();
    assertThat(writer(10_000).write(Map.of("request", "[".repeat(Json.MOST_DEPTH + 1)))).isTrue();
  }

  @Test
  void endsAtItsLongestSize() throws IOException {
    CassetteWriter writer = writer(300);
    writer.write(Map.of("kind", "agent"));
    Map<String, Object> tooLong = Map.of("answer", "é".repeat(100));

    assertThatThrownBy(() -> writer.write(tooLong)).isInstanceOf(Journal.FullException.class);
    assertThat(Files.size(file())).isLessThanOrEqualTo(300);
  }
}
