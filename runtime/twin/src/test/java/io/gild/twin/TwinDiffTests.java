package io.gild.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.MethodSpec;
import io.gild.memory.RecallQuery;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinDiffTests {

  @TempDir private Path folder;

  @Test
  void findsNoDriftAfterARecall() {
    try (Desk desk = Desk.open(folder.resolve("data")).fill("1")) {
      TwinFile file = TwinFile.write(folder.resolve("a"), desk.snapshot());
      desk.memory().memories().recall(new RecallQuery("Ann e-mail").agent("desk"));

      assertThat(TwinDiff.of(file, desk.snapshot()).differences()).isEmpty();
    }
  }

  @Test
  void namesEachDriftOfTheLiveAgent() {
    try (Desk desk = Desk.open(folder.resolve("data")).fill("1")) {
      TwinFile file = TwinFile.write(folder.resolve("a"), desk.snapshot());
      desk.memory().memories().forget("", "m1");
      desk.remember("m9", "acme", "desk", "Acme moved")
          .say("", "desk", "s1", "And today?")
          .say("", "desk", "s9", "New")
          .remember("m10", "", "other", "Of no interest");

      assertThat(TwinDiff.of(file, desk.snapshot()).differences())
          .extracting(TwinDifference::toString)
          .containsExactly(
              "+ memory acme/m9: Acme moved",
              "- memory m1: Ann prefers e-mail, 1",
              "~ session s1: messages: 2 -> messages: 3 (1 more)",
              "+ session s9: messages: 1");
    }
  }

  @Test
  void namesPoliciesThatChanged() {
    MethodSpec method =
        MethodSpec.of("desk", "Desk", "answer", "(Ljava/lang/String;)Ljava/lang/String;");
    TwinSnapshot before = with("agents: [{match: 'Desk#answer', cache: {ttl: 1h}}]", method);
    TwinSnapshot after =
        with("agents: [{match: 'Desk#answer', cache: {ttl: 2h}, retry: {}}]", method);

    List<String> differences =
        TwinDiff.of(before, after).differences().stream().map(TwinDifference::toString).toList();

    assertThat(differences)
        .contains("~ policy Desk#answer cache.ttl: \"PT1H\" -> \"PT2H\"")
        .anyMatch(line -> line.startsWith("+ policy Desk#answer retry.max-attempts: "));
    assertThat(before.twin().methods().get(0).policies())
        .filteredOn(each -> each.path().equals("cache.ttl"))
        .extracting(each -> each.origin().toString())
        .containsExactly("gild.yaml:1:46");
  }

  private static TwinSnapshot with(String yaml, MethodSpec method) {
    Settings settings = Settings.builder().yaml("gild.yaml", yaml).build();
    return TwinSnapshot.builder("desk", settings).methods(List.of(method)).build();
  }

  @Test
  void saysWhatItCannotCompare() {
    try (Desk desk = Desk.open(folder.resolve("data")).fill("1")) {
      TwinSnapshot without = with("mode: enforce", MethodSpec.of("desk", "D", "m", "()V"));

      assertThat(TwinDiff.of(desk.snapshot(), without).notCompared())
          .contains(
              "Not compared: memories, because the second twin has none: no memory was given.",
              "Not compared: figures, because the first twin has none: no log of calls was given.");
    }
  }
}
