package io.gild.memory.postgres;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Vectors in their two columns: {@code vector} has the bytes of the floats, which are read fast,
 * and {@code components} the array that pgvector understands, whether or not it is there yet.
 */
final class VectorColumn {

  private static final int DIGITS = 12;
  private static final float[] NONE = new float[0];

  private VectorColumn() {}

  /** Returns the value of {@code vector}; {@code null} without components. */
  static byte @Nullable [] bytes(float[] vector) {
    if (vector.length == 0) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  /** Returns the value of {@code components}; {@code null} without components. */
  static @Nullable String components(float[] vector) {
    return vector.length == 0 ? null : joined(vector, '{', '}');
  }

  /** Returns a vector as pgvector reads it. */
  static String pgvector(float[] vector) {
    return joined(vector, '[', ']');
  }

  private static String joined(float[] vector, char open, char close) {
    StringBuilder joined = new StringBuilder(vector.length * DIGITS).append(open);
    for (int i = 0; i < vector.length; i++) {
      joined.append(i == 0 ? "" : ",").append(vector[i]);
    }
    return joined.append(close).toString();
  }

  static float[] read(ResultSet row, String column) throws SQLException {
    byte @Nullable [] bytes = row.getBytes(column);
    if (bytes == null) {
      return NONE;
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
    return vector;
  }

  static double bounded(double cosine) {
    return Math.max(-1, Math.min(1, cosine));
  }
}
