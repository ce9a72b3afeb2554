package io.gild.evaluation;

import io.gild.evaluation.spi.Verdict;
import io.gild.golden.AnswerCheck.Pii;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds personal data by its form and check digits. A verdict names kinds, never the data. */
final class PersonalData {

  private static final Map<Pii, Pattern> FORMS =
      Map.of(
          Pii.EMAIL,
              Pattern.compile(
                  "(?<![\\w.+-])[\\w.%+-]{1,64}@(?:[\\w-]{1,63}\\.){1,8}\\p{L}{2,24}(?![\\w-])"),
          Pii.PHONE,
              Pattern.compile(
                  "(?<![\\w.+/-])(?:\\+\\d{1,3}[ ./-]?)?(?:\\(\\d{1,5}\\)[ ./-]?)?"
                      + "\\d{2,5}(?:[ ./-]\\d{2,8}){1,5}(?![\\w-]|[.,]\\d)|\\+\\d{8,15}(?!\\d)"),
          Pii.CREDIT_CARD, Pattern.compile("(?<![\\w-])\\d(?:[ -]?\\d){12,18}(?![\\w-])"),
          Pii.IBAN,
              Pattern.compile(
                  "(?<!\\w)[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\\w)"),
          Pii.SSN, Pattern.compile("(?<![\\w-])\\d{3}-\\d{2}-\\d{4}(?![\\w-])"),
          Pii.IP_ADDRESS,
              Pattern.compile(
                  "(?<![\\w.:])(?:(?:\\d{1,3}\\.){3}\\d{1,3}"
                      + "|(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}"
                      + "|(?:[0-9a-fA-F]{1,4}:){1,6}:(?:[0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4})"
                      + "(?![\\w:]|\\.\\d)"));

  private static final Map<Pii, Predicate<String>> PROOFS =
      Map.of(
          Pii.EMAIL, text -> !text.contains(".."),
          Pii.PHONE, PersonalData::isPhone,
          Pii.CREDIT_CARD, PersonalData::isCard,
          Pii.IBAN, PersonalData::isIban,
          Pii.SSN, PersonalData::isSsn,
          Pii.IP_ADDRESS, PersonalData::isAddress);

  private PersonalData() {}

  static Verdict judge(List<Pii> kinds, String answer) {
    List<String> found = new ArrayList<>();
    for (Pii kind : kinds) {
      long count = count(kind, answer);
      if (count > 0) {
        found.add(count + " " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
    }
    return Verdict.of(found.isEmpty(), "contains personal data: " + String.join(", ", found));
  }

  private static long count(Pii kind, String answer) {
    Predicate<String> proof = PROOFS.getOrDefault(kind, text -> true);
    return FORMS
        .getOrDefault(kind, Pattern.compile("(?!)"))
        .matcher(new BoundedText(answer))
        .results()
        .map(MatchResult::group)
        .filter(proof)
        .count();
  }

  /**
   * Dates, times and amounts look like telephone numbers, but telephone numbers have more digits,
   * or a plus.
   */
  private static boolean isPhone(String text) {
    String digits = digits(text);
    boolean date =
        text.matches("\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}");
    boolean marked = text.matches("(?s)[+(].*|00?[1-9].*");
    boolean grouped = text.matches("\\d{3}[ .-]\\d{3}[ .-]\\d{4}");
    return !date && digits.length() >= 8 && digits.length() <= 15 && (marked || grouped);
  }

  /** The check digit of payment cards (Luhn; ISO/IEC 7812-1, annex B). */
  private static boolean isCard(String text) {
    String digits = digits(text);
    if (digits.length() < 13 || digits.length() > 19 || digits.chars().distinct().count() == 1) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int twice = digit * 2;
      sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 == 0;
  }

  /** The check digits of account numbers (ISO 13616: the number modulo 97 is 1). */
  private static boolean isIban(String text) {
    String number = text.replace(" ", "");
    if (number.length() < 15 || number.length() > 34) {
      return false;
    }
    StringBuilder digits = new StringBuilder();
    String turned = number.substring(4) + number.substring(0, 4);
    turned.chars().forEach(c -> digits.append(Character.digit(c, 36)));
    return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
  }

  /** Numbers that were never issued (Social Security Administration, since 2011). */
  private static boolean isSsn(String text) {
    return !text.startsWith("000")
        && !text.startsWith("666")
        && !text.startsWith("9")
        && !text.startsWith("00", 4)
        && !text.endsWith("0000");
  }

  private static boolean isAddress(String text) {
    if (text.contains(":")) {
      return true;
    }
    for (String part : text.split("\\.")) {
      if (Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static String digits(String text) {
    return text.replaceAll("\\D", "");
  }
}
