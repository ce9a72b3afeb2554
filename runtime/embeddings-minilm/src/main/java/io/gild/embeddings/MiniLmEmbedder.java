package io.gild.embeddings;

import com.google.auto.service.AutoService;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.gild.core.spi.Embedder;

/**
 * The model all-MiniLM-L6-v2, quantized: 384 dimensions, English above all; each text is read up to
 * 510 tokens. The model is loaded with the first text. Thread-safe.
 */
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(Embedder.class)
public final class MiniLmEmbedder implements Embedder {

  private static final class Loaded {
    static final AllMiniLmL6V2QuantizedEmbeddingModel MODEL =
        new AllMiniLmL6V2QuantizedEmbeddingModel();
  }

  /** Creates an embedder; the service loader does. */
  public MiniLmEmbedder() {}

  @Override
  public float[] embed(String text) {
    // The model does not support an empty text.
    return text.isBlank() ? new float[384] : Loaded.MODEL.embed(text).content().vector();
  }

  @Override
  public String name() {
    return "all-minilm-l6-v2-q";
  }
}
