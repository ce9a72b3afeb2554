package io.gild.vectors.lucene;

import java.io.IOException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's format of quantized vectors with a graph, without its limit of 1,024 dimensions. Files
 * name Lucene's format, which reads them.
 */
final class QuantizedVectors extends KnnVectorsFormat {

  private static final int MOST_DIMENSIONS = 1 << 16;
  private static final int CONNECTIONS = 16;
  private static final int BEAM_WIDTH = 100;

  private final KnnVectorsFormat format;

  private QuantizedVectors(KnnVectorsFormat format) {
    super(format.getName());
    this.format = format;
  }

  static Codec codec() {
    KnnVectorsFormat vectors =
        new QuantizedVectors(new Lucene99HnswScalarQuantizedVectorsFormat(CONNECTIONS, BEAM_WIDTH));
    return new Lucene912Codec() {
      @Override
      public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return vectors;
      }
    };
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return format.fieldsWriter(state);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return format.fieldsReader(state);
  }

  @Override
  public int getMaxDimensions(String field) {
    return MOST_DIMENSIONS;
  }
}
