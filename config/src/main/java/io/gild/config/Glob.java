package io.gild.config;

/**
 * Matches names against patterns: {@code *} matches any characters, {@code ?} matches one
 * character.
 */
@Experimental
public final class Glob {

  private Glob() {}

  /**
   * Returns whether a name fits a pattern.
   *
   * @param glob the pattern
   * @param name the name, all of which has to fit
   * @return {@code true} if it does
   */
  public static boolean matches(String glob, String name) {
    int g = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        resume = n;
      } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == name.charAt(n))) {
        g++;
        n++;
      } else if (star >= 0) {
        g = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
