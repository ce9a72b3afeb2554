package io.gild.evaluation;

import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.Verdict;
import io.gild.golden.AnswerCheck;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds numbers in texts: with a sign, thousands separated by a comma, a point, an apostrophe or a
 * thin space, a decimal point or comma, an exponent, or a following word such as {@code million};
 * in the digits of every script.
 *
 * <p>{@code 1,234} and {@code 1.234.567} are whole numbers; {@code 1.234} and {@code 3,5} are not,
 * since a single point, or a comma that is not followed by three digits, is a decimal one.
 */
final class Numbers {

  private static final int MOST_DIGITS = 1_000;

  /**
   * The letters that form one word with following digits; letters of scripts without spaces do not.
   */
  private static final String SPACED =
      "[\\p{L}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}"
          + "\\p{IsMyanmar}\u30fc]]";

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<!["
              + SPACED
              + "\\p{N}_.])([-+\u2212]?)"
              + "(\\d{1,3}(?:[,'\u2019\u00a0\u202f\u2009]\\d{3})+(?:\\.\\d+)?"
              + "|\\d{1,3}(?:\\.\\d{3}){2,}(?:,\\d+)?|\\d{1,3}(?:\\.\\d{3})+,\\d+"
              + "|\\d+(?:[.,]\\d+)?|\\.\\d+)"
              + "(?:[eE]([-+]?\\d{1,3}))?(?!\\d)"
              + "(?:\\s*(thousand|million|billion|trillion)\\b)?");
  private static final Map<String, Integer> SCALES =
      Map.of("thousand", 3, "million", 6, "billion", 9, "trillion", 12);

  private Numbers() {}

  static Verdict judge(AnswerCheck.Number check, Evidence evidence) {
    List<BigDecimal> found;
    if (evidence.answer() instanceof Number number) {
      BigDecimal exact = exact(number);
      if (exact == null) {
        return Verdict.fail("the answer is " + number + ", which is not a number");
      }
      found = List.of(exact);
    } else {
      found = in(evidence.text());
    }
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

  /** Returns a number exactly; {@code null} if it is {@code NaN} or infinite. */
  static @Nullable BigDecimal exact(Number number) {
    if (number instanceof BigDecimal exact) {
      return exact;
    }
    try {
      return new BigDecimal(number.toString());
    } catch (NumberFormatException odd) {
      double value = number.doubleValue();
      return Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
    }
  }

  /** Returns the numbers of a text in order; ignores numbers that are too long to be an amount. */
  static List<BigDecimal> in(String text) {
    List<BigDecimal> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(new BoundedText(ascii(text)));
    while (matcher.find()) {
      if (matcher.group(2).length() > MOST_DIGITS) {
        continue;
      }
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

  /** Converts the digits and separators of all scripts to ASCII. */
  private static String ascii(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case 0xFF0C, 0x066C -> plain.append(',');
            case 0xFF0E, 0x066B -> plain.append('.');
            case 0xFF0D -> plain.append('-');
            case 0xFF0B -> plain.append('+');
            default ->
                plain.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c);
          }
        });
    return plain.toString();
  }

  private static String plain(String digits) {
    String text = digits.replaceAll("['\u2019\u00a0\u202f\u2009]", "");
    int comma = text.indexOf(',');
    int point = text.indexOf('.');
    if (comma < 0) {
      // Several points can only separate thousands.
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
