package io.gild.semantic;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.core.spi.Embedder;
import io.gild.vectors.VectorSpace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equalities of answers: by their texts, as JSON, by their meaning. */
@Experimental
public final class AnswerTexts {

  private static final int REMEMBERED = 256;

  private AnswerTexts() {}

  /**
   * Returns an equality of answers that are equal objects, have the same words in the same order,
   * or are the same JSON.
   *
   * @return the strictest equality
   */
  public static AnswerEquality<Object> same() {
    return (one, other) -> {
      if (one.equals(other)) {
        return true;
      }
      if (!(one instanceof CharSequence) || !(other instanceof CharSequence)) {
        return false;
      }
      String left = one.toString();
      String right = other.toString();
      return QuestionText.normal(left).equals(QuestionText.normal(right)) || sameJson(left, right);
    };
  }

  private static boolean sameJson(String one, String other) {
    Object left = json(one);
    return left != null && Objects.equals(left, json(other));
  }

  /** Returns an object or array; {@code null} if the text is neither. */
  private static @Nullable Object json(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
      return null;
    }
    try {
      return Json.read(stripped);
    } catch (IllegalArgumentException prose) {
      return null;
    }
  }

  /**
   * Returns an equality of texts whose vectors are alike, and whose numbers, names, quotations and
   * negations agree.
   *
   * @param embedder a model of meaning; one that compares form accepts nearly equal texts only
   * @param similarity the least cosine; 0 to 1
   * @return an equality for answers in prose
   */
  public static AnswerEquality<Object> alike(Embedder embedder, double similarity) {
    if (!(similarity >= 0 && similarity <= 1)) {
      throw new IllegalArgumentException("similarity must be from 0 to 1, but is " + similarity);
    }
    return new Alike(embedder, similarity);
  }

  /** Compares vectors, and remembers those of the texts that it saw last. */
  private static final class Alike implements AnswerEquality<Object> {

    private final Embedder embedder;
    private final double least;
    private final Map<String, float[]> vectors =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > REMEMBERED;
          }
        };

    Alike(Embedder embedder, double least) {
      this.embedder = embedder;
      this.least = least;
    }

    @Override
    public boolean equal(Object one, Object other) {
      if (!(one instanceof CharSequence) || !(other instanceof CharSequence)) {
        return false;
      }
      ComparedQuestion left = ComparedQuestion.of(one.toString(), Integer.MAX_VALUE);
      ComparedQuestion right = ComparedQuestion.of(other.toString(), Integer.MAX_VALUE);
      return left != null
          && right != null
          && LexicalVerifier.facts(left, right) == null
          && similarity(left.text(), right.text()) >= least;
    }

    private double similarity(String one, String other) {
      float[] left = vector(one);
      float[] right = vector(other);
      if (left.length == 0 || left.length != right.length) {
        return -1;
      }
      return new VectorSpace(embedder.name(), left.length).similarity(left, right);
    }

    /** Returns a vector of length 1; an empty one if the text has none. */
    private float[] vector(String text) {
      synchronized (vectors) {
        float[] known = vectors.get(text);
        if (known != null) {
          return known;
        }
      }
      float[] unit = UnitVectors.of(embedder, text);
      synchronized (vectors) {
        vectors.put(text, unit);
      }
      return unit;
    }
  }
}
