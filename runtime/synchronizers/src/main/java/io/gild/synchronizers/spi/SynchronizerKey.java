package io.gild.synchronizers.spi;

import io.gild.config.Experimental;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The whole name of a synchronizer; two of different kinds or tenants never share a state.
 *
 * @param kind what it is
 * @param tenant whose it is; empty for all tenants
 * @param name its name; not blank, of at most 200 bytes in UTF-8 as the tenant
 */
@Experimental
public record SynchronizerKey(Kind kind, String tenant, String name) {

  private static final int LONGEST = 200;

  /** What a synchronizer is. */
  public enum Kind {
    /** A semaphore. */
    SEMAPHORE,
    /** An election, which is a semaphore of one permit. */
    LEADER,
    /** A barrier. */
    BARRIER,
    /** A queue. */
    QUEUE
  }

  /** Checks the names. */
  public SynchronizerKey {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    requireShort(name, "name");
    requireShort(tenant, "tenant");
  }

  private static void requireShort(String text, String what) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST) {
      throw new IllegalArgumentException(
          "%s must have at most %d bytes in UTF-8, but has %d".formatted(what, LONGEST, bytes));
    }
  }

  /**
   * Returns the key as a text for a server.
   *
   * @return kind, tenant and name with dots between them; other characters than ASCII letters,
   *     digits, {@code -} and {@code _} are written as {@code =} and two hexadecimal digits for
   *     each byte in UTF-8. A tenant that is empty is {@code =}.
   */
  public String path() {
    String owner = tenant.isEmpty() ? "=" : encode(tenant);
    return kind.name().toLowerCase(Locale.ROOT) + "." + owner + "." + encode(name);
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) each;
      boolean isPlain =
          character >= 'a' && character <= 'z'
              || character >= 'A' && character <= 'Z'
              || character >= '0' && character <= '9'
              || character == '-'
              || character == '_';
      if (isPlain) {
        encoded.append(character);
      } else {
        encoded.append("=%02x".formatted(each & 0xff));
      }
    }
    return encoded.toString();
  }

  @Override
  public String toString() {
    String what = kind.name().toLowerCase(Locale.ROOT) + " \"" + name + "\"";
    return tenant.isEmpty() ? what : what + " of tenant \"" + tenant + "\"";
  }
}
