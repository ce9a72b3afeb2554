package io.gild.cli;

import io.gild.config.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of prices in the formats of others.
 *
 * <p>Entries are as in the section {@code prices}. One that is wrong fails the whole import, with
 * the file and the key, so that no list is used by half.
 */
abstract class ImportedPrices {

  static final long MOST_BYTES = 64L << 20;
  private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);

  private final Map<String, Map<String, Object>> entries = new LinkedHashMap<>();
  private final Path file;
  private int skipped;

  ImportedPrices(Path file) {
    this.file = file;
  }

  /** Reads a file as JSON; keys that are there again are reported, and the last value counts. */
  static Object json(Path file, Consumer<String> repeated) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file);
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(
          file + " has " + Files.size(file) + " bytes; a list of prices has at most " + MOST_BYTES);
    }
    try {
      Object read = Json.read(Files.readString(file), repeated);
      if (read != null) {
        return read;
      }
    } catch (IllegalArgumentException notJson) {
      throw new IOException(file + " is not JSON: " + notJson.getMessage(), notJson);
    }
    throw new IOException(file + " has no prices");
  }

  Map<String, Map<String, Object>> entries() {
    return entries;
  }

  /** Returns how many models have no price by token, such as those of images. */
  int skipped() {
    return skipped;
  }

  void skip() {
    skipped++;
  }

  void add(String model, Map<String, Object> entry) throws IOException {
    if (model.isBlank()) {
      throw wrong("a model", "has no name");
    }
    Map<String, Object> before = entries.putIfAbsent(model, entry);
    if (before != null && !before.equals(entry)) {
      throw wrong(model, "is there twice, with different prices");
    }
  }

  /** Returns whether a model was added with other prices. */
  boolean isOtherwise(String model, Map<String, Object> entry) {
    Map<String, Object> before = entries.get(model);
    return before != null && !before.equals(entry);
  }

  /** Checks a price; null if it is absent. */
  @Nullable BigDecimal price(String key, @Nullable Object value, int pointRight)
      throws IOException {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Number number)) {
      throw wrong(key, "must be a number, but is " + Json.write(value));
    }
    BigDecimal usd = new BigDecimal(number.toString()).movePointRight(pointRight);
    if (usd.signum() < 0 || usd.compareTo(MOST_USD) > 0) {
      throw wrong(
          key, "must be from 0 to 1000000 USD per million tokens, but is " + usd.toPlainString());
    }
    return usd.signum() == 0 ? BigDecimal.ZERO : new BigDecimal(plain(usd));
  }

  private static String plain(BigDecimal usd) {
    return usd.stripTrailingZeros().toPlainString();
  }

  Map<?, ?> map(String key, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(key, "must be an object, but is " + Json.write(value));
  }

  List<?> list(String key, @Nullable Object value) throws IOException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(key, "must be a list, but is " + Json.write(value));
  }

  IOException wrong(String key, String problem) {
    return new IOException(file + ": " + key + " " + problem + "; nothing was imported");
  }
}
