package io.gild.redis;

import io.gild.config.Experimental;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A Lua script that Redis runs as one step.
 *
 * @param text the script
 * @param hash its SHA-1, by which Redis knows it once it has run
 */
@Experimental
public record RedisScript(String text, String hash) {

  /**
   * Reads a script.
   *
   * @param name its file, for messages
   * @param resource the file in the jar, as the class that it belongs to finds it; is closed
   * @return the script
   */
  public static RedisScript read(String name, @Nullable InputStream resource) {
    try (InputStream file = resource) {
      if (file == null) {
        throw new IllegalStateException("The jar lacks " + name);
      }
      byte[] text = file.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(text);
      return new RedisScript(
          new String(text, StandardCharsets.UTF_8), HexFormat.of().formatHex(hash));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
