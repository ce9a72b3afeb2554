package io.gild.semantic;

/** A question with its answer; all but the final fields are guarded by the partition. */
final class SemanticEntry<V> {

  private final String id;
  private final ComparedQuestion question;
  private final V answer;
  private final AnswerGroup group;
  private final long writtenNanos;
  private final long weight;

  /** Similarity to the nearest earlier question of the same answer; zero if there was none. */
  private final float near;

  private double right = 1;
  private double wrong = 1;
  private boolean used;

  SemanticEntry(
      String id,
      ComparedQuestion question,
      V answer,
      AnswerGroup group,
      long writtenNanos,
      long weight,
      float near) {
    this.id = id;
    this.question = question;
    this.answer = answer;
    this.group = group;
    this.writtenNanos = writtenNanos;
    this.weight = weight;
    this.near = near;
  }

  String id() {
    return id;
  }

  ComparedQuestion question() {
    return question;
  }

  V answer() {
    return answer;
  }

  AnswerGroup group() {
    return group.root();
  }

  long writtenNanos() {
    return writtenNanos;
  }

  long weight() {
    return weight;
  }

  float near() {
    return near;
  }

  void note(boolean wasWrong) {
    if (wasWrong) {
      wrong++;
    } else {
      right++;
    }
  }

  double rightShare() {
    return right / (right + wrong);
  }

  void use() {
    used = true;
  }

  /** Returns whether the entry was used since it was last asked. */
  boolean takeUsed() {
    boolean was = used;
    used = false;
    return was;
  }
}
