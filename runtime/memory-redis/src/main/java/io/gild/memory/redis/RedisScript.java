package io.gild.memory.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script that Redis runs as one step.
 *
 * @param text the script
 * @param hash its SHA-1, by which Redis knows it once it has run
 */
record RedisScript(String text, String hash) {

  /** Reads a script that belongs to this package. */
  static RedisScript of(String name) {
    try (InputStream file = RedisScript.class.getResourceAsStream(name + ".lua")) {
      if (file == null) {
        throw new IllegalStateException("The jar of gild-memory-redis lacks " + name + ".lua");
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
