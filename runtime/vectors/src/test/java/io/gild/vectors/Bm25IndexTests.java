package io.gild.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Bm25IndexTests {

  private static final MetadataFilter ANY = MetadataFilter.none();

  @Test
  void scoresByItsFormula() {
    Bm25Index index = new Bm25Index(new Bm25(1.2, 0.75));
    put(index, "x", "tea tea milk");
    put(index, "y", "tea sugar honey lemon water");
    put(index, "z", "coffee");

    List<TextMatch> found = index.search("a", "tea milk ginger", 5, ANY);

    double mean = 3;
    double ofTea = Math.log(1 + 1.5 / 2.5);
    double ofMilk = Math.log(1 + 2.5 / 1.5);
    double ofGinger = Math.log(1 + 3.5 / 0.5);
    double first = ofTea * 2 / (2 + 1.2) + ofMilk / (1 + 1.2);
    double second = ofTea / (1 + 1.2 * (0.25 + 0.75 * 5 / mean));
    double highest = ofTea + ofMilk + ofGinger;
    assertThat(found).extracting(TextMatch::id).containsExactly("x", "y");
    assertThat(found.get(0).score()).isCloseTo(first, within(1e-12));
    assertThat(found.get(0).share()).isCloseTo(first / highest, within(1e-12));
    assertThat(found.get(1).score()).isCloseTo(second, within(1e-12));
  }

  @Test
  void countsAWordOfTheQueryOnce() {
    Bm25Index index = new Bm25Index(Bm25.MESSAGES);
    put(index, "x", "green tea");

    assertThat(index.search("a", "tea tea, teas", 1, ANY))
        .isEqualTo(index.search("a", "tea", 1, ANY));
  }

  @Test
  void countsEntriesThatTheFilterRejects() {
    Bm25Index index = new Bm25Index(Bm25.MESSAGES);
    index.put("a", new TextEntry("x", "green tea", Map.of("kind", "fact")));
    index.put("a", new TextEntry("y", "green apple", Map.of("kind", "wish")));

    List<TextMatch> filtered =
        index.search("a", "green tea", 5, MetadataFilter.equalTo("kind", "fact"));

    assertThat(filtered).containsExactly(index.search("a", "green tea", 5, ANY).get(0));
  }

  @Test
  void keepsNoTermOfWhatWasRemoved() {
    Bm25Index index = new Bm25Index(Bm25.MESSAGES);
    put(index, "x", "green tea");
    put(index, "y", "black tea");
    assertThat(index.terms("a")).isEqualTo(3);

    put(index, "y", "tea");
    assertThat(index.terms("a")).isEqualTo(2);
    index.remove("a", "x");
    assertThat(index.terms("a")).isEqualTo(1);
    index.remove("a", "y");
    assertThat(index.terms("a")).isZero();
    assertThat(index.size("a")).isZero();
  }

  @Test
  void forgetsAllWhenClosed() {
    Bm25Index index = new Bm25Index(Bm25.MESSAGES);
    put(index, "x", "green tea");

    index.close();

    assertThat(index.size("a")).isZero();
    assertThat(index.search("a", "tea", 1, ANY)).isEmpty();
  }

  @Test
  void ignoresRepetitionWithoutSaturation() {
    Bm25Index index = new Bm25Index(new Bm25(0, 0));
    put(index, "x", "tea tea tea");
    put(index, "y", "tea");

    assertThat(index.search("a", "tea", 2, ANY)).extracting(TextMatch::share).containsOnly(1.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsParametersOutOfRange(double value) {
    assertThatThrownBy(() -> new Bm25(value, 0.5))
        .hasMessage("k1 must be >= 0 and finite, but is " + value);
    assertThatThrownBy(() -> new Bm25(1, value))
        .hasMessage("b must be from 0 to 1, but is " + value);
  }

  @Test
  void rejectsAnEntryWithoutId() {
    assertThatThrownBy(() -> new TextEntry("", "text", Map.of()))
        .hasMessage("id must not be empty");
  }

  private static void put(Bm25Index index, String id, String text) {
    index.put("a", new TextEntry(id, text, Map.of()));
  }
}
