package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.config.Experimental;
import io.gild.core.spi.Embedder;
import io.gild.memory.Memories;
import io.gild.memory.Memory;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemoryOwner;
import io.gild.memory.MemorySource;
import io.gild.memory.MemoryWrite;
import io.gild.memory.RecallQuery;
import io.gild.memory.spi.MemoryStore;
import io.gild.vectors.HashEmbedder;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every store of memories does. A test of a store extends this class; each test gets an empty
 * store.
 */
@Experimental
public abstract class MemoryStoreContract {

  /** Makes the vectors of the stores that are tested. */
  protected static final Embedder EMBEDDER = new HashEmbedder();

  /** The space of the stores that are tested. */
  protected static final VectorSpace SPACE =
      new VectorSpace(EMBEDDER.name(), EMBEDDER.embed("").length);

  private static final Instant START = Instant.parse("2026-01-31T12:00:00.123456Z");

  private final ManualClock clock = ManualClock.startingAt(START);

  @SuppressWarnings("NullAway.Init") // set before each test
  private MemoryStore store;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Memories memories;

  /** Creates the tests. */
  protected MemoryStoreContract() {}

  /**
   * Creates an empty store of the space {@link #SPACE}.
   *
   * @return the store; closed after the test
   * @throws Exception if that is impossible
   */
  protected abstract MemoryStore create() throws Exception;

  @BeforeEach
  void open() throws Exception {
    store = create();
    memories = Memories.builder(store, EMBEDDER).clock(clock).build();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void keepsAMemoryAsItWas() {
    MemoryDraft draft =
        new MemoryDraft("Ann's \"room\" is\n12 \uD83D\uDE00, or …")
            .id("m-1 ключ")
            .owner(new MemoryOwner("acme", "support", "ann"))
            .kind("preference")
            .importance(0.75)
            .created(START.minusSeconds(100))
            .valid(START.minusSeconds(200), START.plusSeconds(1_000))
            .review(START.plusSeconds(500))
            .source(new MemorySource("s1", "msg1", "call1"))
            .metadata("number", 12)
            .metadata("yes", true)
            .metadata("text", "a\u2028b");
    Memory memory = memories.remember(draft);
    Memory read = memories.get("acme", "m-1 ключ").orElseThrow();
    assertEquals(memory.text(), read.text());
    assertEquals(memory.owner(), read.owner());
    assertEquals(memory.source(), read.source());
    assertEquals(memory.importance(), read.importance());
    assertEquals(memory.created(), read.created());
    assertEquals(memory.validFrom(), read.validFrom());
    assertEquals(memory.validUntil(), read.validUntil());
    assertEquals(memory.review(), read.review());
    assertEquals(memory.metadata().keySet(), read.metadata().keySet());
    assertEquals("12", String.valueOf(read.metadata().get("number")));
    assertEquals("a\u2028b", read.metadata().get("text"));
    assertEquals(List.of("acme"), store.tenants());
  }

  @Test
  void recallsWhatSharesWordsFirst() {
    memories.remember(new MemoryDraft("Ann prefers to be contacted by e-mail."));
    memories.remember(new MemoryDraft("The parcel is in Lyon."));
    memories.remember(new MemoryDraft("Refunds take three days."));
    assertEquals("The parcel is in Lyon.", first("Where is the parcel?"));
    assertEquals("Refunds take three days.", first("How many days do refunds take?"));
    assertTrue(memories.recall(new RecallQuery("  ")).isEmpty());
  }

  @Test
  void keepsTenantsApart() {
    for (String tenant : List.of("", "a", "A", "../a", "a%", "*")) {
      memories.remember(new MemoryDraft("The code is " + tenant + "x.").tenant(tenant).id("same"));
    }
    assertEquals(6, store.tenants().size());
    assertEquals("The code is ax.", texts("a", "code").get(0));
    assertEquals(1, texts("a", "code").size());
    assertEquals(1, memories.forget("a", "same"));
    assertTrue(texts("a", "code").isEmpty());
    assertEquals(5, store.tenants().size());
    assertEquals("The code is Ax.", texts("A", "code").get(0));
  }

  @Test
  void findsOnlyWhatTheAskerMaySee() {
    memories.remember(new MemoryDraft("shared note"));
    memories.remember(new MemoryDraft("note of support").agent("support"));
    memories.remember(new MemoryDraft("note on ann").user("ann"));
    memories.remember(new MemoryDraft("note on bob").user("bob").agent("support"));
    assertEquals(List.of("shared note"), sorted(new RecallQuery("note")));
    assertEquals(
        List.of("note on ann", "shared note"), sorted(new RecallQuery("note").user("ann")));
    assertEquals(
        List.of("note of support", "note on bob", "shared note"),
        sorted(new RecallQuery("note").user("bob").agent("support")));
    assertEquals(4, sorted(new RecallQuery("note").anyone()).size());
  }

  @Test
  void filters() {
    memories.remember(
        new MemoryDraft("note one")
            .kind("fact")
            .metadata("level", 1)
            .source(new MemorySource("s1", "", "")));
    memories.remember(new MemoryDraft("note two").kind("wish").metadata("level", 2.0));
    assertEquals(List.of("note one"), sorted(new RecallQuery("note").kind("fact")));
    assertEquals(List.of("note one"), sorted(new RecallQuery("note").session("s1")));
    assertEquals(
        List.of("note two"),
        sorted(new RecallQuery("note").filter(MetadataFilter.atLeast("level", 2))));
    assertEquals(
        List.of("note two"),
        sorted(new RecallQuery("note").filter(MetadataFilter.equalTo("level", 2))));
    assertEquals(1, memories.recall(new RecallQuery("note").limit(1)).size());
  }

  @Test
  void joinsWhatSaysTheSame() {
    Memory first = memories.remember(new MemoryDraft("Ann prefers e-mail.").importance(0.4));
    clock.advance(Duration.ofHours(1));
    Memory again =
        memories.remember(new MemoryDraft("ann prefers  E-Mail").importance(0.9).metadata("k", 1));
    assertEquals(first.id(), again.id());
    assertEquals(1, memories.all("").size());
    Memory stored = memories.all("").get(0);
    assertEquals(0.9, stored.importance());
    assertEquals(1, stored.uses());
    assertEquals(clock.now(), stored.lastUsed());
    assertEquals("Ann prefers e-mail.", stored.text());
    memories.remember(new MemoryDraft("Ann prefers e-mail.").user("ann"));
    memories.remember(new MemoryDraft("Ann does not prefer e-mail."));
    assertEquals(3, memories.all("").size());
  }

  @Test
  void remembersAnIdOnce() {
    Memory first = memories.remember(new MemoryDraft("one").id("m"));
    Memory again = memories.remember(new MemoryDraft("another text").id("m"));
    assertEquals(first, again);
    List<Memory> both =
        memories.remember(List.of(new MemoryDraft("two").id("n"), new MemoryDraft("Two.")));
    assertEquals(both.get(1), both.get(0));
    assertEquals(2, memories.all("").size());
  }

  @Test
  void findsAnOldFactAsOfItsTime() {
    Memory old = memories.remember(new MemoryDraft("Ann lives in Lyon."));
    clock.advance(Duration.ofDays(10));
    Memory fresh =
        memories.supersede(old.id(), new MemoryDraft("Ann lives in Paris."), "she moved");
    assertEquals(List.of("Ann lives in Paris."), texts("", "Where does Ann live?"));
    assertEquals(
        List.of("Ann lives in Lyon."),
        sorted(new RecallQuery("Where does Ann live?").asOf(START.plusSeconds(60))));
    Memory ended = memories.get("", old.id()).orElseThrow();
    assertEquals(fresh.id(), ended.supersededBy());
    assertEquals("she moved", ended.reason());
    assertEquals(fresh.validFrom(), ended.validUntil());
    IllegalStateException twice =
        assertThrows(
            IllegalStateException.class,
            () -> memories.supersede(old.id(), new MemoryDraft("Ann lives in Rome."), ""));
    assertTrue(String.valueOf(twice.getMessage()).contains(fresh.id()), twice.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> memories.supersede("none", new MemoryDraft("Ann lives in Rome."), ""));
    assertEquals(2, memories.all("").size());
    memories.remember(new MemoryDraft("Ann lives in Lyon."));
    assertEquals(3, memories.all("").size(), "a superseded fact may become true again");
  }

  @Test
  void findsNothingBeforeAndAfterItsTime() {
    memories.remember(
        new MemoryDraft("The shop is closed.").valid(START.plusSeconds(60), START.plusSeconds(90)));
    assertTrue(texts("", "shop closed").isEmpty());
    clock.advance(Duration.ofSeconds(60));
    assertEquals(1, texts("", "shop closed").size());
    clock.advance(Duration.ofSeconds(30));
    assertTrue(texts("", "shop closed").isEmpty());
  }

  @Test
  void forgets() {
    Memory one = memories.remember(new MemoryDraft("secret of ann").user("ann"));
    memories.remember(
        new MemoryDraft("secret of bob").user("bob").source(new MemorySource("s1", "", "")));
    memories.remember(new MemoryDraft("secret of all"));
    assertEquals(1, memories.forget("", one.id()));
    assertEquals(0, memories.forget("", one.id()));
    assertEquals(1, memories.forgetSession("", "s1"));
    assertEquals(0, memories.forgetUser("", "bob"));
    assertEquals(List.of("secret of all"), sorted(new RecallQuery("secret").anyone()));
    assertEquals(1, memories.forgetTenant(""));
    assertTrue(store.tenants().isEmpty());
  }

  @Test
  void countsUses() {
    Memory memory = memories.remember(new MemoryDraft("Ann prefers e-mail."));
    clock.advance(Duration.ofHours(1));
    memories.recall(new RecallQuery("e-mail").peek());
    assertEquals(0, memories.get("", memory.id()).orElseThrow().uses());
    memories.recall(new RecallQuery("e-mail"));
    memories.recall(new RecallQuery("e-mail"));
    Memory used = memories.get("", memory.id()).orElseThrow();
    assertEquals(2, used.uses());
    assertEquals(clock.now(), used.lastUsed());
    assertEquals("Ann prefers e-mail.", first("e-mail"));
  }

  @Test
  void changesNothingIfTheChangeFails() {
    Memory memory = memories.remember(new MemoryDraft("one"));
    assertThrows(
        UnsupportedOperationException.class,
        () ->
            store.change(
                "",
                List.of(memory.id()),
                List.of(),
                found -> {
                  assertEquals(1, found.size());
                  throw new UnsupportedOperationException();
                }));
    assertEquals(List.of(memory), memories.all(""));
    MemoryWrite nothing = store.change("", List.of(), List.of(), found -> MemoryWrite.none());
    assertEquals(MemoryWrite.none(), nothing);
  }

  @Test
  void keepsTextsWithoutDirection() {
    memories.remember(new MemoryDraft("!!"));
    assertEquals(1, memories.all("").size());
    assertTrue(memories.recall(new RecallQuery("??")).isEmpty());
  }

  @Test
  void losesNothingOfSeveralWriters() throws Exception {
    List<Callable<@Nullable Object>> tasks = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      String name = "writer" + writer;
      tasks.add(() -> {
        for (int i = 0; i < 25; i++) {
          memories.remember(new MemoryDraft(name + " fact " + i));
          memories.remember(new MemoryDraft("the fact " + i + " of all writers"));
        }
        return null;
      });
    }
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      for (Future<@Nullable Object> task : executor.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      executor.shutdownNow();
    }
    assertEquals(125, memories.all("").size());
    assertFalse(texts("", "fact 24 writer3").isEmpty());
  }

  private String first(String query) {
    return memories.recall(new RecallQuery(query).peek()).get(0).memory().text();
  }

  private List<String> texts(String tenant, String query) {
    return sorted(new RecallQuery(query).tenant(tenant));
  }

  private List<String> sorted(RecallQuery query) {
    return memories.recall(query.peek()).stream()
        .map(each -> each.memory().text())
        .sorted()
        .toList();
  }
}
