package io.gild.memory.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gild.config.Json;
import io.gild.memory.EmbeddedMemoryStore;
import io.gild.memory.Memories;
import io.gild.memory.Memory;
import io.gild.memory.MemoryCandidate;
import io.gild.memory.MemoryCandidate.Neighbour;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemoryJson;
import io.gild.memory.MemoryRecord;
import io.gild.memory.MemorySearch;
import io.gild.memory.MemoryWrite;
import io.gild.memory.RecallQuery;
import io.gild.memory.Recalled;
import io.gild.memory.SearchScores;
import io.gild.memory.spi.MemoryStore;
import io.gild.testkit.ManualClock;
import io.gild.testkit.PgliteServer;
import io.gild.testkit.PostgresServer;
import io.gild.vectors.Bm25;
import io.gild.vectors.Bm25Index;
import io.gild.vectors.FlatVectorIndex;
import io.gild.vectors.MetadataFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same memories have the same candidates, scores and ranking as in the embedded store. */
class PostgresEqualsEmbeddedTests {

  private static final int MEMORIES = 400;
  private static final int QUERIES = 30;

  private final ManualClock clock = ManualClock.startingAt(RandomMemories.START);
  private int compared;
  private final Random random = new Random(20_260_301);

  @Test
  void ranksAlikeWithoutPgvector() {
    try (PostgresServer server = PostgresServer.start();
        MemoryStore store =
            new PostgresMemoryStore(Databases.settings(server, "gild"), RandomMemories.SPACE)) {
      compare(store);
    }
  }

  @Test
  void ranksAlikeWithPgvector(@TempDir Path folder) {
    try (PgliteServer server = PgliteServer.start(folder);
        MemoryStore store =
            new PostgresMemoryStore(Databases.settings(server, "gild"), RandomMemories.SPACE)) {
      compare(store);
    }
  }

  /** The index is asked for 20 of 400 memories; with more, it falls back to the exact search. */
  @Test
  void ranksAlikeWithTheIndexOfPgvector(@TempDir Path folder) {
    try (PgliteServer server = PgliteServer.start(folder);
        MemoryStore store =
            new PostgresMemoryStore(
                Databases.settings(server, "gild"),
                RandomMemories.SPACE,
                vectors -> ((Pgvector) vectors).exactBelow(1))) {
      compare(store);
    }
  }

  private void compare(MemoryStore store) {
    try (MemoryStore embedded = embedded()) {
      List<Memories> both = List.of(memories(embedded), memories(store));
      fill(both);
      compareAll(embedded, store);
      for (int i = 0; i < QUERIES; i++) {
        String text = RandomMemories.sentence(random, 6);
        MetadataFilter filter = RandomMemories.filter(random, 3);
        int limit = i % 2 == 0 ? 1_000 : 20;
        compareCandidates(embedded, store, text, filter, limit);
        compareRanking(both, text, filter);
      }
      assertThat(compared).isGreaterThan(QUERIES * 100);
      change(both);
      compareAll(embedded, store);
      for (int i = 0; i < QUERIES; i++) {
        compareCandidates(
            embedded, store, RandomMemories.sentence(random, 6), MetadataFilter.none(), 1_000);
      }
    }
  }

  private static void compareAll(MemoryStore embedded, MemoryStore store) {
    List<MemoryRecord> expected = embedded.all("acme");
    List<MemoryRecord> actual = store.all("acme");
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(json(actual.get(i).memory())).isEqualTo(json(expected.get(i).memory()));
      assertThat(actual.get(i).vector()).isEqualTo(expected.get(i).vector());
    }
  }

  /** Numbers of the metadata may have another class after they were read. */
  private static String json(Memory memory) {
    String json = Json.write(MemoryJson.of(memory));
    return Json.write(MemoryJson.of(MemoryJson.memory((Map<?, ?>) Json.read(json))));
  }

  private static MemoryStore embedded() {
    return new EmbeddedMemoryStore(
        new Bm25Index(Bm25.MESSAGES), new FlatVectorIndex(RandomMemories.SPACE));
  }

  private Memories memories(MemoryStore store) {
    return Memories.builder(store, RandomMemories.EMBEDDER).clock(clock).build();
  }

  private void fill(List<Memories> both) {
    List<MemoryDraft> drafts = new ArrayList<>();
    for (int i = 0; i < MEMORIES; i++) {
      drafts.add(RandomMemories.draft(random, i));
    }
    for (int from = 0; from < MEMORIES; from += 50) {
      List<MemoryDraft> some = drafts.subList(from, from + 50);
      assertThat(both.get(1).remember(some))
          .map(PostgresEqualsEmbeddedTests::json)
          .isEqualTo(
              both.get(0).remember(some).stream().map(PostgresEqualsEmbeddedTests::json).toList());
    }
  }

  /** Some are superseded, pruned, come back, or are forgotten. */
  private void change(List<Memories> both) {
    for (Memories memories : both) {
      Random same = new Random(7);
      for (int i = 0; i < 60; i++) {
        String id = "m" + same.nextInt(MEMORIES);
        int what = same.nextInt(4);
        if (what == 0) {
          memories.forget("acme", id);
        } else {
          change(memories.store(), id, what);
        }
      }
    }
  }

  private void change(MemoryStore store, String id, int what) {
    store.change(
        "acme",
        List.of(id),
        List.of(),
        found -> MemoryWrite.of(found.stream().map(record -> changed(record, what)).toList()));
  }

  private MemoryRecord changed(MemoryRecord record, int what) {
    Memory.Builder changed = record.memory().toBuilder();
    if (what == 1) {
      changed.validUntil(RandomMemories.START.plusSeconds(1)).superseded("new", "why");
    } else if (record.memory().pruned() == null) {
      changed.pruned(new Memory.Pruned(clock.now(), "run", "why"));
    } else {
      changed.pruned(null);
    }
    return record.with(changed.build());
  }

  private void compareCandidates(
      MemoryStore embedded, MemoryStore store, String text, MetadataFilter filter, int limit) {
    float[] vector = RandomMemories.SPACE.unit("query", RandomMemories.EMBEDDER.embed(text));
    MemorySearch search = new MemorySearch(text, vector, filter, limit);
    Map<String, MemoryCandidate> expected = byId(embedded.search("acme", search));
    Map<String, MemoryCandidate> actual = byId(store.search("acme", search));
    if (limit >= MEMORIES) { // with a smaller limit, equally near ones may be cut differently
      assertThat(actual.keySet()).as(text + filter).isEqualTo(expected.keySet());
    }
    Set<String> common =
        actual.keySet().stream().filter(expected::containsKey).collect(Collectors.toSet());
    assertThat(common.size()).isGreaterThanOrEqualTo(expected.size() * 9 / 10);
    for (String id : common) {
      MemoryCandidate one = expected.get(id);
      MemoryCandidate other = actual.get(id);
      assertThat(json(other.memory())).isEqualTo(json(one.memory()));
      if (limit >= MEMORIES) {
        assertClose(other.scores(), one.scores(), text);
        assertNeighbours(other.before(), one.before(), text);
        assertNeighbours(other.after(), one.after(), text);
        compared += 1 + one.before().size() + one.after().size();
      }
    }
  }

  private static Map<String, MemoryCandidate> byId(List<MemoryCandidate> candidates) {
    return candidates.stream()
        .collect(Collectors.toMap(each -> each.memory().id(), Function.identity()));
  }

  private static void assertNeighbours(
      List<Neighbour> actual, List<Neighbour> expected, String text) {
    assertThat(actual.stream().map(each -> json(each.memory())).toList())
        .isEqualTo(expected.stream().map(each -> json(each.memory())).toList());
    for (int i = 0; i < actual.size(); i++) {
      assertClose(actual.get(i).scores(), expected.get(i).scores(), text);
    }
  }

  private static void assertClose(SearchScores actual, SearchScores expected, String text) {
    assertThat(actual.text()).as(text).isCloseTo(expected.text(), within(1e-6));
    assertThat(actual.similarity()).as(text).isCloseTo(expected.similarity(), within(1e-6));
    assertThat(actual.session()).as(text).isCloseTo(expected.session(), within(1e-6));
  }

  private static void compareRanking(List<Memories> both, String text, MetadataFilter filter) {
    List<Recalled> expected = both.get(0).recall(query(text, filter));
    List<Recalled> actual = both.get(1).recall(query(text, filter));
    assertThat(actual).as(text).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).score().total())
          .as(text)
          .isCloseTo(expected.get(i).score().total(), within(1e-6));
    }
  }

  private static RecallQuery query(String text, MetadataFilter filter) {
    return new RecallQuery(text).tenant("acme").anyone().filter(filter).limit(50).peek();
  }
}
