package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version of the protocol that is spoken here. */
@Experimental
public enum A2aVersion {
  /** Version 1.0: JSON-RPC and HTTP+JSON, in the JSON of Protocol Buffers. */
  V1_0("1.0"),
  /** Version 0.3: JSON-RPC, with {@code kind} in its objects and lower-case states. */
  V0_3("0.3");

  /** The name of the header that carries the version. */
  public static final String HEADER = "A2A-Version";

  private static final Pattern PATCH = Pattern.compile("(\\d+\\.\\d+)(\\.\\d+)?");

  private final String text;

  A2aVersion(String text) {
    this.text = text;
  }

  /**
   * Returns the version that a client names.
   *
   * @param header the value of the header or parameter {@code A2A-Version}; absent and empty mean
   *     0.3, and a patch number is ignored
   * @return the version, or {@code null} if it is not spoken here
   */
  public static @Nullable A2aVersion of(@Nullable String header) {
    String trimmed = header == null ? "" : header.trim();
    if (trimmed.isEmpty()) {
      return V0_3;
    }
    var parts = PATCH.matcher(trimmed);
    for (A2aVersion version : values()) {
      if (parts.matches() && version.text.equals(parts.group(1))) {
        return version;
      }
    }
    return null;
  }

  /**
   * Returns the version as it is written.
   *
   * @return major and minor, such as {@code "1.0"}
   */
  public String text() {
    return text;
  }
}
