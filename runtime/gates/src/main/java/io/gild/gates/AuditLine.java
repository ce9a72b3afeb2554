package io.gild.gates;

import io.gild.config.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of an audit log: {@code {"n":2,"prev":"...","at":"...",...,"hash":"..."}}, where the hash
 * is of all bytes before {@code ,"hash"}, the previous hash among them.
 */
record AuditLine(long number, String previous, String hash, String text) {

  static final String NOTHING = "0".repeat(64);

  private static final String SEAL = ",\"hash\":\"";

  static AuditLine after(AuditLog.Head head, Instant at, Map<String, ?> event) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("n", head.lines() + 1);
    content.put("prev", head.hash());
    content.put("at", at.toString());
    content.putAll(event);
    String whole = Json.write(content);
    String body = whole.substring(0, whole.length() - 1);
    String hash = sha256(body);
    return new AuditLine(head.lines() + 1, head.hash(), hash, body + SEAL + hash + "\"}");
  }

  /** Reads a line whose hash is right; returns {@code null} for any other. */
  static @Nullable AuditLine read(String text) {
    int seal = text.lastIndexOf(SEAL);
    if (seal < 0) {
      return null;
    }
    String hash = sha256(text.substring(0, seal));
    if (!text.substring(seal).equals(SEAL + hash + "\"}")) {
      return null;
    }
    try {
      return Json.read(text) instanceof Map<?, ?> map && map.get("n") instanceof Long number
          ? new AuditLine(number, String.valueOf(map.get("prev")), hash, text)
          : null;
    } catch (IllegalArgumentException broken) {
      return null;
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
