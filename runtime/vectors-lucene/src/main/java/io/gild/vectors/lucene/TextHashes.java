package io.gild.vectors.lucene;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of texts, for names and terms of any text: of a fixed length, and different for texts
 * that differ in invalid characters only.
 */
final class TextHashes {

  private TextHashes() {}

  static byte[] of(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length());
    bytes.asCharBuffer().put(text);
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes.array());
    } catch (NoSuchAlgorithmException never) { // every Java platform has it
      throw new IllegalStateException(never);
    }
  }

  static String name(String text) {
    return HexFormat.of().formatHex(of(text));
  }
}
