package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.config.Experimental;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.TextEntry;
import io.gild.vectors.TextMatch;
import io.gild.vectors.spi.TextIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every index of texts does. A test of an index extends this class; each test gets an index of
 * its own.
 */
@Experimental
public abstract class TextIndexContract {

  private static final MetadataFilter ANY = MetadataFilter.none();

  @SuppressWarnings("NullAway.Init") // set before each test
  private TextIndex index;

  /** Creates the tests. */
  protected TextIndexContract() {}

  /**
   * Creates an empty index.
   *
   * @return the index; closed after the test
   * @throws Exception if that is impossible
   */
  protected abstract TextIndex create() throws Exception;

  @BeforeEach
  void open() throws Exception {
    index = create();
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Test
  void findsTheBestFirst() {
    put("a", "both", "The refund for the broken lamp takes three days.");
    put("a", "one", "The invoice for the broken chair is attached.");
    put("a", "none", "Our office is closed on Sunday.");

    List<TextMatch> found = index.search("a", "broken lamp", 5, ANY);

    assertEquals(List.of("both", "one"), ids(found));
    assertTrue(found.get(0).score() > found.get(1).score());
    assertTrue(found.get(1).score() > 0);
    assertEquals(List.of("both"), ids(index.search("a", "broken lamp", 1, ANY)));
  }

  @Test
  void findsWordsInAnyCaseAndFormInAnyOrder() {
    put("a", "x", "She PAINTED two portraits.");
    put("a", "y", "We went swimming.");

    assertEquals(List.of("x"), found("portrait, painting"));
    assertEquals(List.of("y"), found("swim"));
    assertEquals(List.of(), found("piano"));
  }

  @Test
  void prefersRareWordsToFrequentOnes() {
    for (int i = 0; i < 20; i++) {
      put("a", "usual" + i, "The order has arrived");
    }
    put("a", "rare", "The walrus has arrived");

    assertEquals("rare", index.search("a", "order walrus", 3, ANY).get(0).id());
  }

  @Test
  void sharesAreBetweenZeroAndOneAndFallWithUnknownWords() {
    put("a", "x", "green tea");
    put("a", "y", "black coffee");

    double known = index.search("a", "green tea", 1, ANY).get(0).share();
    double unknown = index.search("a", "green tea ceremony", 1, ANY).get(0).share();

    assertTrue(known > 0 && known <= 1, "share " + known);
    assertTrue(unknown < known, unknown + " with an unknown word, " + known + " without");
  }

  @Test
  void ordersEntriesOfTheSameScoreById() {
    for (String id : List.of("c", "a", "d", "b")) {
      put("p", id, "the same text");
    }

    assertEquals(List.of("a", "b", "c"), ids(index.search("p", "same text", 3, ANY)));
  }

  @Test
  void replacesAnEntryWithTheSameId() {
    index.put("a", new TextEntry("x", "old words", Map.of("version", 1)));
    index.put("a", new TextEntry("x", "new words", Map.of("version", 2)));

    assertEquals(1, index.size("a"));
    assertEquals(List.of(), found("old"));
    assertEquals(List.of("x"), found("new"));
    assertEquals(
        new TextEntry("x", "", Map.of("version", 2)).metadata(),
        index.search("a", "new", 1, ANY).get(0).metadata());
  }

  @Test
  void findsNothingThatWasRemoved() {
    for (int i = 0; i < 300; i++) {
      put("a", "e" + i, "common number" + i);
    }
    for (int i = 0; i < 300; i += 2) {
      assertTrue(index.remove("a", "e" + i));
    }

    assertFalse(index.remove("a", "e0"));
    assertFalse(index.remove("elsewhere", "e1"));
    assertEquals(150, index.size("a"));
    assertEquals(List.of(), found("number4"));
    assertEquals(List.of("e5"), found("number5"));
    List<TextMatch> all = index.search("a", "common", 300, ANY);
    assertEquals(150, all.size());
    assertTrue(all.stream().allMatch(match -> Integer.parseInt(match.id().substring(1)) % 2 == 1));
  }

  @Test
  void scoresAsIfRemovedEntriesHadNeverBeen() {
    put("a", "x", "red fox");
    put("a", "y", "red dog and a cat");
    put("fresh", "x", "red fox");
    put("fresh", "y", "red dog and a cat");
    for (int i = 0; i < 50; i++) {
      put("a", "gone" + i, "red wolf in a long sentence about wolves");
    }
    for (int i = 0; i < 50; i++) {
      index.remove("a", "gone" + i);
    }

    assertEquals(index.search("fresh", "red fox", 5, ANY), index.search("a", "red fox", 5, ANY));
  }

  @Test
  void keepsPartitionsApart() {
    List<String> names = List.of("acme", "acme/../other", "Acme", "", "a*", "\u00e4\n\0", "other");
    for (String name : names) {
      put(name, "secret of " + name, "the secret");
    }

    for (String name : names) {
      assertEquals(List.of("secret of " + name), ids(index.search(name, "secret", 100, ANY)));
    }
    double alone = index.search("other", "secret", 1, ANY).get(0).score();
    put("acme", "more", "secret and more");
    assertEquals(alone, index.search("other", "secret", 1, ANY).get(0).score());
    assertEquals(2, index.removeAll("acme"));
    assertEquals(0, index.removeAll("acme"));
    assertEquals(List.of(), index.search("acme", "secret", 1, ANY));
    assertEquals(1, index.size("Acme"));
  }

  @Test
  void findsOnlyEntriesWhoseMetadataFit() {
    index.put("a", new TextEntry("old", "a plan", Map.of("kind", "fact", "year", 1999)));
    index.put("a", new TextEntry("new", "a plan", Map.of("kind", "fact", "year", 2026L)));
    index.put("a", new TextEntry("odd", "a plan", Map.of("kind", "wish", "open", true)));

    assertEquals(List.of("new", "old"), filtered(MetadataFilter.equalTo("kind", "fact")));
    assertEquals(List.of("new"), filtered(MetadataFilter.atLeast("year", 2000.5)));
    assertEquals(List.of("odd"), filtered(MetadataFilter.equalTo("open", true)));
    assertEquals(
        List.of("odd"), filtered(MetadataFilter.not(MetadataFilter.equalTo("kind", "fact"))));
    assertEquals(List.of(), filtered(MetadataFilter.any()));
  }

  @Test
  void countsTextsWithoutWords() {
    put("a", "empty", "");
    put("a", "marks", " ?!. ");

    assertEquals(2, index.size("a"));
    assertEquals(List.of(), found("anything"));
    assertEquals(List.of(), found(""));
    assertEquals(List.of(), found("?"));
    assertTrue(index.remove("a", "empty"));
  }

  @Test
  void rejectsALimitBelowOne() {
    assertThrows(IllegalArgumentException.class, () -> index.search("a", "x", 0, ANY));
  }

  @Test
  void losesNothingThatThreadsAddAtOnce() throws Exception {
    int threads = 4;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int own = thread;
        tasks.add(() -> {
          for (int i = 0; i < 200; i++) {
            put("shared", own + "-" + i, "shared text number" + i);
            put("own" + own, "only", "own text");
            index.remove("own" + own, "only");
            index.search("shared", "text number" + i, 3, ANY);
          }
          return null;
        });
      }
      for (Future<Void> done : executor.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      executor.shutdownNow();
    }

    assertEquals(threads * 200, index.size("shared"));
    assertEquals(threads, index.search("shared", "number7", 10, ANY).size());
    assertEquals(0, index.size("own1"));
  }

  private void put(String partition, String id, String text) {
    index.put(partition, new TextEntry(id, text, Map.of()));
  }

  private List<String> found(String query) {
    return ids(index.search("a", query, 10, ANY));
  }

  private List<String> filtered(MetadataFilter filter) {
    return ids(index.search("a", "plan", 10, filter));
  }

  private static List<String> ids(List<TextMatch> matches) {
    return matches.stream().map(TextMatch::id).toList();
  }
}
