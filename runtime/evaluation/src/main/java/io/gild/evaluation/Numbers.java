package io.gild.evaluation;

import io.gild.config.AnswerCheck;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds numbers in texts: with a sign, thousands set apart by a comma, a point, an apostrophe or a
 * thin blank, a decimal point or comma, an exponent, or a word such as {@code million} behind.
 *
 * <p>{@code 1,234} and {@code 1.234.567} are whole numbers; {@code 1.234} and {@code 3,5} are not,
 * since a single point, or a comma that is not followed by three digits, is a decimal one.
 */
final class Numbers {

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_.])([-+\u2212]?)"
              + "(\\d{1,3}(?:[,'\u2019\u00a0\u202f\u2009]\\d{3})+(?:\\.\\d+)?"
              + "|\\d{1,3}(?:\\.\\d{3}){2,}(?:,\\d+)?|\\d{1,3}(?:\\.\\d{3})+,\\d+"
              + "|\\d+(?:[.,]\\d+)?|\\.\\d+)"
              + "(?:[eE]([-+]?\\d{1,3}))?(?!\\d)"
              + "(?:\\s*(thousand|million|billion|trillion)\\b)?");
  private static final Map<String, Integer> SCALES =
      Map.of("thousand", 3, "million", 6, "billion", 9, "trillion", 12);

  private Numbers() {}

  static Verdict judge(AnswerCheck.Number check, Evidence evidence) {
    List<BigDecimal> found =
        evidence.answer() instanceof Number number
            ? List.of(new BigDecimal(number.toString()))
            : in(evidence.text());
    if (found.isEmpty()) {
      return Verdict.fail("there is no number in the answer");
    }
    if (check.which() == AnswerCheck.Occurrence.ONLY && found.size() > 1) {
      return Verdict.fail("there are " + found.size() + " numbers in the answer: " + shown(found));
    }
    List<BigDecimal> counted =
        switch (check.which()) {
          case ANY, ONLY -> found;
          case FIRST -> found.subList(0, 1);
          case LAST -> found.subList(found.size() - 1, found.size());
        };
    boolean near =
        counted.stream()
            .anyMatch(each -> each.subtract(check.value()).abs().compareTo(check.tolerance()) <= 0);
    return Verdict.of(
        near,
        "found %s, not within %s of %s"
            .formatted(
                shown(counted), check.tolerance().toPlainString(), check.value().toPlainString()));
  }

  /** Returns the numbers of a text in order. */
  static List<BigDecimal> in(String text) {
    List<BigDecimal> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      BigDecimal number = new BigDecimal(plain(matcher.group(2)));
      if (matcher.group(3) != null) {
        number = number.scaleByPowerOfTen(Integer.parseInt(matcher.group(3)));
      }
      if (matcher.group(4) != null) {
        number = number.scaleByPowerOfTen(SCALES.getOrDefault(matcher.group(4), 0));
      }
      boolean negative = !matcher.group(1).isEmpty() && !matcher.group(1).equals("+");
      numbers.add(negative ? number.negate() : number);
    }
    return numbers;
  }

  private static String plain(String digits) {
    String text = digits.replaceAll("['\u2019\u00a0\u202f\u2009]", "");
    int comma = text.indexOf(',');
    int point = text.indexOf('.');
    if (comma < 0) {
      // Several points can only set thousands apart.
      return point != text.lastIndexOf('.') ? text.replace(".", "") : text;
    }
    if (point >= 0) {
      return text.lastIndexOf(',') > text.lastIndexOf('.')
          ? text.replace(".", "").replace(',', '.')
          : text.replace(",", "");
    }
    boolean thousands = comma != text.lastIndexOf(',') || text.length() - comma == 4 && comma <= 3;
    return thousands ? text.replace(",", "") : text.replace(',', '.');
  }

  private static String shown(List<BigDecimal> numbers) {
    List<String> texts = numbers.stream().limit(5).map(BigDecimal::toPlainString).toList();
    return String.join(", ", texts) + (numbers.size() > 5 ? ", ..." : "");
  }
}
