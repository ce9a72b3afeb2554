package io.gild.a2a;

/** Checks Base64 without decoding it. */
final class RawText {

  private RawText() {}

  /** Returns the text in the alphabet with {@code +} and {@code /}, padded. */
  static String normalized(String base64) {
    int end = base64.length();
    while (end > 0 && base64.charAt(end - 1) == '=') {
      end--;
    }
    boolean plain = end % 4 == 0 ? end == base64.length() : (base64.length() & 3) == 0;
    for (int i = 0; i < end; i++) {
      char c = base64.charAt(i);
      if (c == '-' || c == '_') {
        plain = false;
      } else if (!isPlain(c)) {
        throw new IllegalArgumentException(
            "raw must be Base64, but contains \"" + c + "\" at index " + i);
      }
    }
    if (end % 4 == 1 || base64.length() - end > 2) {
      throw new IllegalArgumentException(
          "raw must be Base64, but its length is " + base64.length() + " characters");
    }
    return plain ? base64 : padded(base64.substring(0, end));
  }

  private static String padded(String digits) {
    return digits.replace('-', '+').replace('_', '/') + "=".repeat((4 - digits.length() % 4) % 4);
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '+'
        || c == '/';
  }
}
