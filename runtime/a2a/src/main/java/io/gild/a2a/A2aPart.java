package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of the content of a message or an artifact; immutable. */
@Experimental
public sealed interface A2aPart {

  /**
   * Returns the name of the file that the part is.
   *
   * @return a name, or {@code null}
   */
  @Nullable String filename();

  /**
   * Returns the media type of the content.
   *
   * @return such as {@code text/plain}, or {@code null}
   */
  @Nullable String mediaType();

  /**
   * Returns what else belongs to the part.
   *
   * @return JSON; empty if there is none
   */
  Map<String, Object> metadata();

  /**
   * A text.
   *
   * @param text the text; may be empty
   * @param filename the name of the file, or {@code null}
   * @param mediaType the media type, or {@code null}
   * @param metadata JSON
   */
  record Text(
      String text,
      @Nullable String filename,
      @Nullable String mediaType,
      Map<String, Object> metadata)
      implements A2aPart {

    /** Copies the metadata. */
    public Text {
      filename = A2aValues.textOrNull(filename);
      mediaType = A2aValues.textOrNull(mediaType);
      metadata = A2aValues.object(metadata);
    }
  }

  /**
   * The bytes of a file.
   *
   * @param base64 the bytes in Base64; the alphabet for URLs and absent padding are accepted and
   *     replaced
   * @param filename the name of the file, or {@code null}
   * @param mediaType the media type, or {@code null}
   * @param metadata JSON
   */
  record Raw(
      String base64,
      @Nullable String filename,
      @Nullable String mediaType,
      Map<String, Object> metadata)
      implements A2aPart {

    /** Checks the text and copies the metadata. */
    public Raw {
      base64 = RawText.normalized(base64);
      filename = A2aValues.textOrNull(filename);
      mediaType = A2aValues.textOrNull(mediaType);
      metadata = A2aValues.object(metadata);
    }

    /**
     * Decodes the bytes.
     *
     * @return a new array
     */
    public byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }

    /** Leaves the content out, which may be long. */
    @Override
    public String toString() {
      return "Raw[" + base64.length() + " characters, " + filename + ", " + mediaType + "]";
    }
  }

  /**
   * The address of a file.
   *
   * @param url the address; not empty
   * @param filename the name of the file, or {@code null}
   * @param mediaType the media type, or {@code null}
   * @param metadata JSON
   */
  record Url(
      String url,
      @Nullable String filename,
      @Nullable String mediaType,
      Map<String, Object> metadata)
      implements A2aPart {

    /** Copies the metadata. */
    public Url {
      A2aValues.notEmpty(url, "url");
      filename = A2aValues.textOrNull(filename);
      mediaType = A2aValues.textOrNull(mediaType);
      metadata = A2aValues.object(metadata);
    }
  }

  /**
   * A value.
   *
   * @param data JSON: a map, list, text, number, boolean or {@code null}
   * @param filename the name of the file, or {@code null}
   * @param mediaType the media type, or {@code null}
   * @param metadata JSON
   */
  record Data(
      @Nullable Object data,
      @Nullable String filename,
      @Nullable String mediaType,
      Map<String, Object> metadata)
      implements A2aPart {

    /** Copies the value and the metadata. */
    public Data {
      data = A2aValues.json(data);
      filename = A2aValues.textOrNull(filename);
      mediaType = A2aValues.textOrNull(mediaType);
      metadata = A2aValues.object(metadata);
    }
  }

  /**
   * Creates a text.
   *
   * @param text the text
   * @return the part, without a media type
   */
  static A2aPart text(String text) {
    return new Text(text, null, null, Map.of());
  }

  /**
   * Creates a file.
   *
   * @param bytes the content
   * @param filename the name of the file, or {@code null}
   * @param mediaType the media type, or {@code null}
   * @return the part
   */
  static A2aPart raw(byte[] bytes, @Nullable String filename, @Nullable String mediaType) {
    return new Raw(Base64.getEncoder().encodeToString(bytes), filename, mediaType, Map.of());
  }

  /**
   * Creates a reference to a file.
   *
   * @param url the address
   * @param filename the name of the file, or {@code null}
   * @param mediaType the media type, or {@code null}
   * @return the part
   */
  static A2aPart url(String url, @Nullable String filename, @Nullable String mediaType) {
    return new Url(url, filename, mediaType, Map.of());
  }

  /**
   * Creates a value.
   *
   * @param data JSON: a map, list, text, number, boolean or {@code null}
   * @return the part, with the media type {@code application/json}
   */
  static A2aPart data(@Nullable Object data) {
    return new Data(data, null, "application/json", Map.of());
  }
}
