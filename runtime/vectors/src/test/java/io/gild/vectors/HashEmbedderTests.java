package io.gild.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HashEmbedderTests {

  private final HashEmbedder embedder = new HashEmbedder();

  @Test
  void findsTheTextThatSharesMostWords() {
    FlatVectorIndex index =
        new FlatVectorIndex(new VectorSpace(embedder.name(), embedder.embed("any").length));
    Map<String, String> texts =
        Map.of(
            "refund", "A refund takes three working days.",
            "shipping", "We ship to all countries of the European Union.",
            "chinese", "\u9000\u6b3e\u9700\u8981\u4e09\u5929\u3002");
    texts.forEach(
        (id, text) -> index.put("acme", new VectorEntry(id, embedder.embed(text), Map.of())));

    assertThat(nearest(index, "How many days does a refund take?")).startsWith("refund");
    assertThat(nearest(index, "Which countries do you ship to?")).startsWith("shipping");
    assertThat(nearest(index, "\u9000\u6b3e")).startsWith("chinese");
  }

  @Test
  void embedsEveryTextWithTheSameLength() {
    for (String text : List.of("", " ", "a", "\ud83d\ude80", "\ud83d", "x".repeat(10_000_000))) {
      assertThat(embedder.embed(text)).hasSize(512);
    }
  }

  private List<String> nearest(FlatVectorIndex index, String question) {
    return index.nearest("acme", embedder.embed(question), 3, MetadataFilter.none()).stream()
        .map(VectorMatch::id)
        .toList();
  }
}
