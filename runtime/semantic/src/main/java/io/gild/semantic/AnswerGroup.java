package io.gild.semantic;

/** Entries whose answers say the same; a merged group points to the one that took it in. */
final class AnswerGroup {

  private AnswerGroup parent = this;
  private double right = 1;
  private double wrong = 1;

  AnswerGroup root() {
    AnswerGroup root = this;
    while (root.parent != root) {
      root.parent = root.parent.parent;
      root = root.parent;
    }
    return root;
  }

  /** Takes in another group; both must be roots. */
  void merge(AnswerGroup other) {
    if (other != this) {
      other.parent = this;
      right += other.right - 1;
      wrong += other.wrong - 1;
    }
  }

  /** Notes whether its answer was right for a question whose nearest entry is of this group. */
  void note(boolean wasWrong) {
    if (wasWrong) {
      wrong++;
    } else {
      right++;
    }
  }

  /** Returns the share of right answers so far; 0 to 1. */
  double rightShare() {
    return right / (right + wrong);
  }
}
