package io.gild.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.spi.Clock;
import io.gild.memory.Consolidation;
import io.gild.memory.ConsolidationRules;
import io.gild.memory.EmbeddedMemoryStore;
import io.gild.memory.FolderSessionStore;
import io.gild.memory.Memories;
import io.gild.memory.Memory;
import io.gild.memory.MemoryDraft;
import io.gild.memory.SessionChange;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionLimits;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.vectors.Bm25;
import io.gild.vectors.Bm25Index;
import io.gild.vectors.FlatVectorIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed while it writes loses nothing that it has acknowledged. */
class KilledWriterTests {

  /** More with {@code -Dgild.kills=200}. */
  private static final int KILLS = Integer.getInteger("gild.kills", 5);

  private static final SessionKey KEY = new SessionKey("acme", "support", "42");

  @TempDir Path folder;

  /** Appends, remembers and consolidates until it is killed, and prints what is done. */
  static final class Writer {

    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      String run = args[1];
      try (FolderSessionStore sessions = sessions(folder);
          Memories memories = memories(folder)) {
        Consolidation consolidation = new Consolidation(memories, merging());
        System.out.println("started");
        for (int i = 0; ; i++) {
          String id = run + "-" + i;
          SessionMessage message =
              SessionMessage.of(id, Role.USER, "message " + id, Clock.SYSTEM.now());
          sessions.change(
              KEY,
              SessionChange.builder()
                  .append(List.of(message))
                  .trim(new SessionLimits(500, Integer.MAX_VALUE))
                  .build());
          System.out.println("message " + id);
          memories.remember(new MemoryDraft("fact " + id).id(id));
          if (i % 20 == 19) {
            memories.forget("", id);
            System.out.println("forgotten " + id);
            consolidation.run("");
          } else {
            System.out.println("fact " + id);
          }
        }
      }
    }
  }

  private static FolderSessionStore sessions(Path folder) {
    return new FolderSessionStore(folder.resolve("sessions"), Clock.SYSTEM);
  }

  private static Memories memories(Path folder) {
    return Memories.builder(
            new EmbeddedMemoryStore(
                folder.resolve("memories"),
                new Bm25Index(Bm25.MESSAGES),
                new FlatVectorIndex(MemoryStoreContract.SPACE),
                1_000_000),
            MemoryStoreContract.EMBEDDER)
        .build();
  }

  private static ConsolidationRules merging() {
    return new ConsolidationRules(
        Duration.ofDays(30), Duration.ofDays(7), null, null, 2_000, null, 0.9, true, Duration.ZERO);
  }

  @Test
  void loseNothingThatWasAcknowledged() throws Exception {
    Random random = new Random(11);
    Set<String> facts = new HashSet<>();
    Set<String> forgotten = new HashSet<>();
    List<String> messages = new ArrayList<>();
    // A slow machine may kill the first writers before they have forgotten anything.
    for (int kill = 0; kill < KILLS || forgotten.isEmpty() && kill < 10 * KILLS; kill++) {
      for (String line : killed("r" + kill, random.nextInt(300))) {
        String id = line.substring(line.indexOf(' ') + 1);
        if (line.startsWith("message ")) {
          messages.add(id);
        } else if (line.startsWith("fact ")) {
          facts.add(id);
        } else {
          forgotten.add(id);
        }
      }
      facts.removeAll(forgotten);
    }
    assertThat(messages).hasSizeGreaterThan(KILLS);
    try (FolderSessionStore sessions = sessions(folder)) {
      List<String> kept = sessions.read(KEY).messages().stream().map(SessionMessage::id).toList();
      List<String> newest = messages.subList(Math.max(0, messages.size() - 400), messages.size());
      assertThat(kept).doesNotHaveDuplicates().containsAll(newest);
    }
    try (Memories memories = memories(folder)) {
      List<String> kept = memories.all("").stream().map(Memory::id).toList();
      assertThat(kept).doesNotHaveDuplicates().doesNotContainAnyElementsOf(forgotten);
      if (facts.size() < 1_500) { // beyond, consolidation may prune
        assertThat(kept).containsAll(facts);
      }
    }
  }

  /** Starts a writer, kills it after a while, and returns the lines that it printed. */
  private List<String> killed(String run, int millis) throws IOException, InterruptedException {
    Path printed = folder.resolve(run + ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Writer.class.getName(),
                folder.toString(),
                run)
            .redirectOutput(printed.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      Instant deadline = Instant.now().plusSeconds(60);
      while (!Files.readString(printed).startsWith("started")) {
        assertThat(process.isAlive() && Instant.now().isBefore(deadline)).isTrue();
        Thread.sleep(5);
      }
      Thread.sleep(millis);
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
    String whole = Files.readString(printed);
    return whole
        .substring(0, whole.lastIndexOf('\n') + 1) // the last line may be torn
        .lines()
        .filter(line -> line.matches("(message|fact|forgotten) r\\d+-\\d+"))
        .toList();
  }
}
