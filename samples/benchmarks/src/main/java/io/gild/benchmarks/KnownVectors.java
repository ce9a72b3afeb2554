package io.gild.benchmarks;

import io.gild.core.spi.Embedder;
import java.util.HashMap;
import java.util.Map;

/** Embeds each text once, so that only what uses the vectors is measured. Not thread-safe. */
final class KnownVectors implements Embedder {

  private final Embedder embedder;
  private final Map<String, float[]> vectors = new HashMap<>();

  KnownVectors(Embedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public float[] embed(String text) {
    return vectors.computeIfAbsent(text, embedder::embed);
  }

  @Override
  public String name() {
    return embedder.name();
  }
}
