package io.gild.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Json;
import io.gild.recording.Cassette;
import io.gild.weaver.IgnoredClasses;
import io.gild.weaver.spi.ReplayDiverged;
import io.gild.weaver.spi.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTests {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("recording/cassette.jsonl");
  }

  private TapeOptions options(boolean replay) {
    return new TapeOptions(file, replay, 1 << 20, List.of(), false, List.of());
  }

  private Tape recorder() {
    return new Recorder(options(false), new IgnoredClasses(null));
  }

  private static Tape.Exchange ask(Tape tape, Object prompt) {
    Map<String, Object> request = new HashMap<>();
    request.put("prompt", prompt);
    return tape.begin(null, new Tape.Asked(true, "Model.chat", "", request));
  }

  private static void record(Tape tape, Object prompt, @Nullable Object answer) {
    ask(tape, prompt).answered(answer);
  }

  private List<Cassette.Call> calls() throws IOException {
    return Cassette.read("c", Files.readString(file)).calls();
  }

  @Test
  void replaysNanAndUnpairedSurrogates() throws Exception {
    List<Object> prompts =
        List.of(
            Double.NaN,
            Float.POSITIVE_INFINITY,
            "\ud83d",
            "a\udc00b",
            "\u0000\u2028",
            "\u00ab",
            "");
    Tape recorder = recorder();
    for (Object prompt : prompts) {
      record(recorder, prompt, "answer");
    }

    Tape replayer = new Replayer(options(true));
    for (Object prompt : prompts) {
      assertThat(ask(replayer, prompt).response()).as("%s", prompt).isEqualTo("answer");
    }
    assertThatThrownBy(() -> ask(replayer, "\ud83e")).isInstanceOf(ReplayDiverged.class);
  }

  @Test
  void continuesAFileWhoseLastLineIsCutOff() throws Exception {
    record(recorder(), "one", "1");
    Files.writeString(file, "{\"seq\":2,\"session\":\"x", StandardOpenOption.APPEND);
    record(recorder(), "two", "2");

    assertThat(calls()).hasSize(2);
    assertThat(ask(new Replayer(options(true)), "two").response()).isEqualTo("2");
  }

  @Test
  void keepsRecordingAfterItsThreadWasInterrupted() throws Exception {
    Tape recorder = recorder();
    record(recorder, "one", "1");
    Thread.currentThread().interrupt();
    record(recorder, "two", "2");
    assertThat(Thread.interrupted()).isTrue();
    record(recorder, "three", "3");

    assertThat(calls()).hasSize(3);
  }

  @Test
  void leavesOutDataThatCannotBeReadAgain() throws Exception {
    Tape recorder = recorder();
    Object deep = "end";
    for (int i = 0; i < Json.MOST_DEPTH; i++) {
      deep = List.of(deep);
    }
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    record(recorder, deep, "deep");
    record(recorder, endless, "endless");
    record(recorder, "plain", "plain");

    assertThat(calls()).hasSize(1);
  }

  @Test
  void replaysARequestWhoseSecretsItScrubbed() throws Exception {
    Map<String, Object> login =
        Map.of("user", "ada", "accessToken", "abc", "note", "{\"password\":\"it's, mine\"}");
    record(recorder(), login, Map.of("privateKey", "def"));

    assertThat(Files.readString(file)).doesNotContain("abc", "mine", "def").contains("ada");
    assertThat(ask(new Replayer(options(true)), login).response()).isNotNull();
  }
}
