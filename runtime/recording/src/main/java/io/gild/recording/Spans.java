package io.gild.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Parts of a text to replace. */
final class Spans {

  private static final String OPENING = "«secret:";
  private static final String OTHER_OPENING = "«personal:";
  private static final int DIGITS = 6;

  private final List<int[]> spans = new ArrayList<>();

  /** Adds a part, unless it is empty or already the placeholder of a secret. */
  void add(CharSequence text, int from, int to) {
    if (from < to && placeholderEnd(text, from) != to) {
      spans.add(new int[] {from, to});
    }
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  /**
   * Returns the end of the placeholder that begins at a position; the position itself if there is
   * none.
   */
  static int placeholderEnd(CharSequence text, int from) {
    int at = from;
    if (Scan.startsWith(text, at, OPENING)) {
      at += OPENING.length();
    } else if (Scan.startsWith(text, at, OTHER_OPENING)) {
      at += OTHER_OPENING.length();
    } else {
      return from;
    }
    int digits = at;
    while (at < text.length() && at - digits < DIGITS && Scan.isDigit(text.charAt(at))) {
      at++;
    }
    return at > digits && at < text.length() && text.charAt(at) == '»' ? at + 1 : from;
  }

  /** Returns the text with each part replaced; overlapping parts count as one. */
  String replaced(String text, UnaryOperator<String> name) {
    spans.sort(Comparator.comparingInt(span -> span[0]));
    StringBuilder clean = new StringBuilder();
    int done = 0;
    for (int i = 0; i < spans.size(); ) {
      int from = spans.get(i)[0];
      int to = spans.get(i)[1];
      for (i++; i < spans.size() && spans.get(i)[0] < to; i++) {
        to = Math.max(to, spans.get(i)[1]);
      }
      clean.append(text, done, from).append(name.apply(text.substring(from, to)));
      done = to;
    }
    return clean.append(text, done, text.length()).toString();
  }
}
