package io.gild.memory.postgres;

import io.gild.core.spi.Embedder;
import io.gild.memory.MemoryDraft;
import io.gild.memory.MemoryOwner;
import io.gild.memory.MemorySource;
import io.gild.vectors.HashEmbedder;
import io.gild.vectors.MetadataFilter;
import io.gild.vectors.VectorSpace;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random sentences, and conditions on what they have in common. */
final class RandomMemories {

  static final Embedder EMBEDDER = new HashEmbedder();
  static final VectorSpace SPACE = new VectorSpace(EMBEDDER.name(), EMBEDDER.embed("").length);
  static final Instant START = Instant.parse("2026-03-01T12:00:00.123456789Z");

  private static final List<String> WORDS =
      List.of(
          "Ann Bob paints painted lake sunrise parcel Lyon Paris refund days three is the to of wants e-mail 12 Straße 東京に行く Привет naïve what did school dog dog's runs x"
              .split(" "));

  private static final List<Object> VALUES =
      List.of(
          1,
          1.0,
          2L,
          new BigDecimal("2.50"),
          1e300,
          -0.0,
          "1",
          "a",
          "A",
          "",
          "a\\b",
          "nul\0",
          "\uD83D\uDE00",
          "half\uD83D",
          true,
          false,
          "true");

  private static final List<String> KEYS = List.of("level", "k\0", "a\\", "gild", "'; --", "?");

  private RandomMemories() {}

  static String sentence(Random random, int most) {
    List<String> words = new ArrayList<>();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      words.add(WORDS.get((int) (WORDS.size() * Math.pow(random.nextDouble(), 1.5))));
    }
    return String.join(" ", words) + (random.nextInt(5) == 0 ? "?" : ".");
  }

  static MemoryDraft draft(Random random, int number) {
    MemoryDraft draft =
        new MemoryDraft(sentence(random, 14))
            .id("m" + number)
            .owner(
                new MemoryOwner(
                    "acme", pick(random, List.of("", "a")), pick(random, List.of("", "Ann"))))
            .kind(pick(random, List.of("fact", "message", "message", "experience")))
            .importance(random.nextInt(5) / 4.0)
            .created(START.minusSeconds(random.nextInt(30) * 86_400L))
            .source(new MemorySource(session(random), "", ""));
    for (int i = random.nextInt(4); i > 0; i--) {
      draft.metadata(pick(random, KEYS), pick(random, VALUES));
    }
    return draft;
  }

  private static String session(Random random) {
    int session = random.nextInt(12);
    return session == 0 ? "" : "s" + session;
  }

  static MetadataFilter filter(Random random, int depth) {
    String key = pick(random, KEYS);
    return switch (random.nextInt(depth == 0 ? 3 : 6)) {
      case 0 -> MetadataFilter.oneOf(key, some(random));
      case 1 -> MetadataFilter.atLeast(key, random.nextInt(4) - 1);
      case 2 -> MetadataFilter.atMost(key, random.nextInt(5) / 2.0);
      case 3 -> MetadataFilter.not(filter(random, depth - 1));
      case 4 ->
          new MetadataFilter.All(
              random.nextInt(6) == 0
                  ? List.of()
                  : List.of(filter(random, depth - 1), filter(random, depth - 1)));
      default ->
          new MetadataFilter.Any(
              random.nextInt(6) == 0
                  ? List.of()
                  : List.of(filter(random, depth - 1), filter(random, depth - 1)));
    };
  }

  private static List<Object> some(Random random) {
    List<Object> some = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      some.add(pick(random, VALUES));
    }
    return some;
  }

  private static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
