package io.gild.golden;

import io.gild.config.Experimental;
import io.gild.golden.GoldenSet.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds golden files and their fixtures by their paths among the resources; each function returns
 * {@code null} for a missing file, and throws {@link UncheckedIOException} for one that cannot be
 * read.
 */
@Experimental
public final class GoldenSources {

  private GoldenSources() {}

  /**
   * Searches folders.
   *
   * @param folders the folders, the preferred one first
   * @param naming returns the name of a file in messages
   * @return finds files
   */
  public static Function<String, @Nullable Source> inFolders(
      List<Path> folders, Function<Path, String> naming) {
    return path -> {
      for (Path folder : folders) {
        Path file = folder.resolve(path);
        if (Files.isRegularFile(file)) {
          try {
            return new Source(naming.apply(file), text(file.toString(), Files.readAllBytes(file)));
          } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
          }
        }
      }
      return null;
    };
  }

  /**
   * Searches a class path.
   *
   * @param loader the loader of the class path
   * @return finds files, which messages name by their paths
   */
  public static Function<String, @Nullable Source> onClassPath(ClassLoader loader) {
    return path -> {
      try (InputStream stream = loader.getResourceAsStream(path)) {
        return stream == null ? null : new Source(path, text(path, stream.readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + path, e);
      }
    };
  }

  /**
   * Reads the text of a file: UTF-8, or UTF-16 if there is a byte order mark, as spreadsheets and
   * Windows write it.
   *
   * @param name name of the file, for messages
   * @param bytes its content
   * @return the text, without a byte order mark
   * @throws UncheckedIOException if it is not text; the message names the file and the line
   */
  public static String text(String name, byte[] bytes) {
    Charset charset =
        startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)
            ? StandardCharsets.UTF_16
            : StandardCharsets.UTF_8;
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String text = charset.newDecoder().decode(in).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      long line = 1 + IntStream.range(0, in.position()).filter(i -> bytes[i] == '\n').count();
      throw new UncheckedIOException(
          name + ":" + line + ": is not UTF-8 text. Save the file as UTF-8.", e);
    }
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  /**
   * Searches two places in order.
   *
   * @param first the first place
   * @param second the place for files that the first one lacks
   * @return finds files
   */
  public static Function<String, @Nullable Source> either(
      Function<String, @Nullable Source> first, Function<String, @Nullable Source> second) {
    return path -> {
      Source found = first.apply(path);
      return found == null ? second.apply(path) : found;
    };
  }
}
