package io.gild.memory.postgres;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Vectors as {@code real[]}. They are read in the array's binary form, which is faster. */
final class VectorColumn {

  /** The expression to read. */
  static final String READ = "array_send(m.vector)";

  /** Bytes before the first component. */
  private static final int HEADER = 20;

  /** Bytes of a component: its length, and a float. */
  private static final int COMPONENT = 8;

  private static final float[] NONE = new float[0];

  private VectorColumn() {}

  /** Returns a literal for {@code ?::real[]}; {@code null} without components. */
  static @Nullable String literal(float[] vector) {
    return vector.length == 0 ? null : joined(vector, '{', '}');
  }

  static String joined(float[] vector, char open, char close) {
    StringBuilder literal = new StringBuilder(vector.length * 12).append(open);
    for (int i = 0; i < vector.length; i++) {
      literal.append(i == 0 ? "" : ",").append(vector[i]);
    }
    return literal.append(close).toString();
  }

  static float[] read(ResultSet row, String column) throws SQLException {
    byte @Nullable [] bytes = row.getBytes(column);
    if (bytes == null || bytes.length <= HEADER) {
      return NONE;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    float[] vector = new float[(bytes.length - HEADER) / COMPONENT];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = buffer.getFloat(HEADER + i * COMPONENT + Integer.BYTES);
    }
    return vector;
  }

  /** Returns the cosine between vectors of length 1; 0 if one has no components. */
  static double cosine(float[] one, float[] other) {
    if (one.length != other.length) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return bounded(sum);
  }

  static double bounded(double cosine) {
    return Math.max(-1, Math.min(1, cosine));
  }
}
