package io.gild.config;

import java.io.Console;

/**
 * Makes text safe to print: names come from files and from other people's code, and a terminal
 * obeys control characters.
 */
@Experimental
public final class Printable {

  private Printable() {}

  /**
   * Replaces control characters.
   *
   * @param text any text
   * @return the text with {@code \\u001b} and the like in place of control characters, other than
   *     line ends and tabs, and of characters that reorder the text around them; the same object if
   *     it has none
   */
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isHidden(text.charAt(i))) {
        return escaped(text);
      }
    }
    return text;
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHidden(c)) {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static boolean isHidden(char c) {
    return c < ' ' && c != '\n' && c != '\t' && c != '\r'
        || c >= 0x7f && c <= 0x9f
        || c >= 0x202a && c <= 0x202e
        || c >= 0x2066 && c <= 0x2069;
  }

  /**
   * Returns whether a person sees what this JVM prints: lines may then be overwritten.
   *
   * @return {@code false} if standard input or output is a file or a pipe
   */
  @SuppressWarnings("SystemConsoleNull") // later JDKs are asked below
  public static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try { // since JDK 22 there is a console without a terminal, too
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJdk) {
      return true;
    }
  }
}
