package io.gild.evaluation;

/** A text that limits how many characters a regular expression may read. */
final class BoundedText implements CharSequence {

  /** About a second of matching; a normal pattern needs a few steps per character. */
  private static final long MOST_STEPS = 50_000_000;

  private final String text;
  private long steps;

  BoundedText(String text) {
    this.text = text;
  }

  @Override
  public char charAt(int index) {
    if (++steps > MOST_STEPS) {
      throw new TooManySteps();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  /** The pattern backtracks without end. */
  static final class TooManySteps extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }
}
