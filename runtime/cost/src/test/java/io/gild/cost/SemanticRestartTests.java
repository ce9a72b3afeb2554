package io.gild.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import io.gild.cost.SemanticEvidence.Partition;
import io.gild.semantic.SemanticCache;
import io.gild.vectors.HashEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SemanticRestartTests {

  private static final List<String> THINGS = List.of("lamp", "table", "bicycle", "camera");
  private static final int ENOUGH = 20_000;
  private static final int SOON = 60;

  @TempDir private Path data;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private int asked;

  @BeforeEach
  void readTheLog() {
    GildLog.redirect((line, cause) -> log.add(line));
  }

  private GildRuntime runtime(String mode) {
    return GildRuntime.builder()
        .settings(
            Settings.builder()
                .yaml(
                    "gild.yaml",
                    "data: %s\nmode: %s\nagents:\n- match: com.acme.Desk#answer\n  cache: {semantic: true, max-error-rate: 0.1}\n"
                        .formatted(data, mode))
                .build())
        .module(new CostModule())
        .build();
  }

  private static GovernedMethod method(GildRuntime runtime, String version) {
    return runtime.method(spec(version));
  }

  private static MethodSpec spec(String version) {
    return new MethodSpec(
        CallKind.AGENT,
        "support",
        version,
        "com.acme.Desk",
        "answer",
        "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
        List.of(
            new Parameter("question", "java.lang.String", Role.PROMPT),
            new Parameter("tenant", "java.lang.String", Role.TENANT)),
        Effect.NONE,
        PolicyTree.empty());
  }

  /** Asks a question that was never asked before; returns whether its answer was repeated. */
  private boolean isRepeated(GovernedMethod method, String tenant) {
    int number = asked++;
    String thing = THINGS.get(number % THINGS.size());
    String question = "how do i return the " + thing + " dear " + word(number);
    boolean[] called = new boolean[1];
    method.call(
        null,
        same -> {
          called[0] = true;
          return "return the " + thing;
        },
        question,
        tenant);
    return !called[0];
  }

  private static String word(int number) {
    return ""
        + (char) ('a' + number / 676 % 26)
        + (char) ('a' + number / 26 % 26)
        + (char) ('a' + number % 26)
        + "x".repeat(1 + number / 17_576);
  }

  /** Returns how many questions it took until an answer was repeated. */
  private int untilRepeated(GovernedMethod method, String tenant, int most) {
    for (int i = 1; i <= most; i++) {
      if (isRepeated(method, tenant)) {
        return i;
      }
    }
    return most + 1;
  }

  private void learn(String mode) {
    try (GildRuntime runtime = runtime(mode)) {
      GovernedMethod method = method(runtime, "1");
      if (mode.equals("observe")) {
        untilRepeated(method, "anna", 600);
      } else {
        assertThat(untilRepeated(method, "anna", ENOUGH)).isBetween(SOON + 1, ENOUGH);
        // The first hit is one that was just allowed; more evidence leaves no doubt.
        for (int i = 0; i < 400; i++) {
          isRepeated(method, "anna");
        }
      }
    }
  }

  private int afterARestart(String version, String tenant) {
    try (GildRuntime runtime = runtime("enforce")) {
      return untilRepeated(method(runtime, version), tenant, SOON);
    }
  }

  /** Asks slowly: what was learned is fitted on another thread. */
  private boolean goesOn() throws InterruptedException {
    try (GildRuntime runtime = runtime("enforce")) {
      GovernedMethod method = method(runtime, "1");
      for (int i = 0; i < SOON; i++) {
        if (isRepeated(method, "anna")) {
          return true;
        }
        Thread.sleep(50);
      }
      return false;
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(data.resolve("semantic"))) {
      return all.toList();
    }
  }

  @Test
  void goesOnAfterARestart() throws Exception {
    learn("enforce");

    assertThat(goesOn()).isTrue();
    assertThat(files()).hasSize(2);
    for (Path file : files()) {
      assertThat(Files.readString(file)).doesNotContain("lamp", "anna", "return");
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void goesOnWithWhatObserveModeLearned() throws InterruptedException {
    learn("observe");

    assertThat(goesOn()).isTrue();
  }

  @Test
  void beginsAnewForAnotherVersionAndAnotherTenant() {
    learn("enforce");

    assertThat(afterARestart("2", "anna")).isGreaterThan(SOON);
    assertThat(afterARestart("1", "bob")).isGreaterThan(SOON);
  }

  @Test
  void beginsAnewIfAFileWasChanged() throws IOException {
    learn("enforce");
    for (Path file : files()) {
      if (file.toString().endsWith(".evidence")) {
        Files.writeString(file, Files.readString(file).replace(",true,", ",false,"));
      }
    }

    assertThat(afterARestart("1", "anna")).isGreaterThan(SOON);
    assertThat(log).filteredOn(line -> line.contains("begins anew")).hasSize(1);
  }

  @Test
  void beginsAnewWithAnotherOrBrokenKey() throws IOException {
    learn("enforce");
    Path key = data.resolve("semantic").resolve("key");
    Files.writeString(key, "ab".repeat(32));
    assertThat(afterARestart("1", "anna")).isGreaterThan(SOON);

    Files.writeString(key, "no key");
    assertThat(afterARestart("1", "anna")).isGreaterThan(SOON);
    assertThat(log)
        .anySatisfy(line -> assertThat(line).contains("not a hexadecimal digit", "anew"));
  }

  @Test
  void forgetsWithTheCache() throws IOException {
    learn("enforce");
    try (GildRuntime runtime = runtime("enforce")) {
      GovernedMethod method = method(runtime, "1");
      untilRepeated(method, "anna", SOON);
      for (Controllable each : method.controllables()) {
        for (Control control : each.controls()) {
          if (control.kind().equals("cache")) {
            each.operate(control, "clear");
          }
        }
      }
    }

    assertThat(files()).noneMatch(each -> each.toString().endsWith(".evidence"));
  }

  @Test
  void keepsNothingOfTwoPartitionsThatAreEqual() throws IOException {
    try (SemanticCache<String> cache = SemanticCache.<String>builder(new HashEmbedder()).build()) {
      EvidenceFiles files = new EvidenceFiles(data.resolve("semantic"));
      SemanticEvidence evidence = new SemanticEvidence(files, cache, spec("1"), "embedder");
      Partition one = evidence.begin("1", "parts");
      for (int i = 0; i < 100; i++) {
        one.requested();
      }
      assertThat(evidence.save()).isTrue();
      assertThat(evidence.save()).isFalse();

      Partition other = evidence.begin("2", "parts");
      one.requested();
      other.requested();

      assertThat(evidence.save()).isFalse();
      assertThat(files()).hasSize(1);
    }
  }

  @Test
  void namesFilesByEmbedderMethodAndParts() {
    EvidenceFiles files = new EvidenceFiles(data);
    assertThat(
            Stream.of(
                    files.name("ab", "c"),
                    files.name("a", "bc"),
                    files.name("ab", "d"),
                    new EvidenceFiles(data).name("ab", "c"))
                .distinct())
        .hasSize(4);
    assertThat(files.name("ab", "c")).isEqualTo(files.name("ab", "c"));
  }

  @Test
  void writesDifferentPartsDifferently() {
    assertThat(
            Stream.of(
                    List.of("a", "b"),
                    List.of("ab"),
                    List.of("a", List.of("b")),
                    List.of(1),
                    List.of(1L),
                    List.of("1"),
                    List.of(true),
                    List.of(CacheKeys.ABSENT),
                    List.of(""),
                    List.of(Map.of("a", "b")),
                    List.of(new CacheKeys.Tenant("a"), "b"),
                    List.of(new CacheKeys.Content(new int[] {1})),
                    List.of(new CacheKeys.Content(new long[] {1})),
                    List.of(Role.PROMPT))
                .map(each -> StableParts.of(each, null))
                .distinct())
        .hasSize(14)
        .doesNotContainNull();
    assertThat(StableParts.of(List.of(new Object()), null)).isNull();
    assertThat(StableParts.of(List.of(new CacheKeys.Identity("model", false)), null)).isNull();
    assertThat(StableParts.of(List.of(new CacheKeys.Identity(null, true)), this))
        .contains("place:");
  }
}
