package io.gild.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A verdict that a model wrote: the JSON that the prompt requests, alone or in other text, or a
 * sentence such as {@code True, because it names the days} or {@code Verdict: fail}.
 *
 * <p>The last verdict counts, because models that think aloud decide at the end. A verdict that
 * also occurs in the judged answer may be a quotation of it and does not count by itself. An
 * ambiguous reply has no verdict.
 */
record JudgeReply(boolean passed, String reason) {

  /** Reads a reply without a judged text; empty if it has no verdict. */
  static Optional<JudgeReply> of(String reply) {
    return of(reply, "", "");
  }

  /**
   * Reads a reply.
   *
   * @param judged question and answer, which the reply may quote
   * @param id the id that the prompt gives to the judge, which no answer can know; may be empty
   * @return empty if it has no verdict
   */
  static Optional<JudgeReply> of(String reply, String judged, String id) {
    String text = reply.strip();
    List<StatedVerdict> objects = VerdictObjects.in(text, id);
    List<StatedVerdict> marked = objects.stream().filter(StatedVerdict::isMarked).toList();
    if (!marked.isEmpty()) {
      return of(marked.get(marked.size() - 1), text);
    }
    List<StatedVerdict> all =
        Stream.concat(objects.stream(), VerdictPhrases.in(text, objects).stream())
            .sorted(Comparator.comparingInt(StatedVerdict::start))
            .toList();
    return all.isEmpty() ? Optional.empty() : decided(text, all, new Quotations(judged));
  }

  private static Optional<JudgeReply> decided(
      String text, List<StatedVerdict> all, Quotations judged) {
    StatedVerdict last = all.get(all.size() - 1);
    if (VerdictPhrases.takesBack(text.substring(last.end()))) {
      return Optional.empty();
    }
    if (!judged.hold(last, text) || last.isWhole(text)) {
      return of(last, text);
    }
    // It may be a quotation: then it counts only if the judge gave the same verdict before, in its
    // own words.
    return all.stream()
        .filter(each -> !judged.hold(each, text))
        .reduce((earlier, later) -> later)
        .filter(own -> last.passed() != null && last.passed().equals(own.passed()))
        .flatMap(own -> of(own, text));
  }

  private static Optional<JudgeReply> of(StatedVerdict stated, String text) {
    Boolean passed = stated.passed();
    String reason = stated.reason();
    return passed == null
        ? Optional.empty()
        : Optional.of(
            new JudgeReply(
                passed, (reason == null ? text.substring(0, stated.start()) : reason).strip()));
  }
}
