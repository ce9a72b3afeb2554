package com.acme.newsroom;

/**
 * An article on its way through the newsroom.
 *
 * @param topic what it is about
 * @param notes what the researcher found
 * @param text the article
 * @param review what the reviewer wrote
 * @param score the reviewer's score, 1 to 10; 0 before the first review
 * @param revisions how often it was written
 */
public record Article(
    String topic, String notes, String text, String review, int score, int revisions) {

  private static final int GOOD = 8;

  /** Returns an article of which only the topic is known. */
  static Article on(String topic) {
    return new Article(topic, "", "", "", 0, 0);
  }

  Article withNotes(String found) {
    return new Article(topic, found, text, review, score, revisions);
  }

  Article withText(String written) {
    return new Article(topic, notes, written, review, score, revisions + 1);
  }

  Article withReview(String given) {
    return new Article(topic, notes, text, given, score(given), revisions);
  }

  boolean isGood() {
    return score >= GOOD;
  }

  /** Returns what the writer needs: the notes and, after a review, the review. */
  String assignment() {
    return "Topic: "
        + topic
        + "\nNotes: "
        + notes
        + (review.isEmpty() ? "" : "\nReview: " + review);
  }

  private static int score(String review) {
    String number = review.replaceFirst("(?s)^\\D*(\\d{1,2}).*$", "$1");
    try {
      return Math.min(10, Integer.parseInt(number));
    } catch (NumberFormatException none) {
      return 0;
    }
  }
}
