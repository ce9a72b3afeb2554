package io.gild.memory;

import io.gild.config.Experimental;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces personal data in texts by their kind, such as {@code [email]}. It finds what has a form:
 * names and addresses stay. Thread-safe.
 */
@Experimental
public final class PersonalData implements UnaryOperator<String> {

  /** A kind of personal data. */
  public enum Kind {
    /** E-mail addresses. */
    EMAIL("[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+"),
    /** International bank account numbers with valid check digits (ISO 13616). */
    IBAN("\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){11,30}\\b"),
    /** Numbers of payment cards with a valid check digit (Luhn, ISO/IEC 7812). */
    CARD("(?<![\\d-])\\d(?:[ -]?\\d){12,18}(?![\\d-])"),
    /** Addresses of the internet protocol, of version 4 and of version 6 with eight groups. */
    IP(
        "(?<![\\d.])(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\d.])|\\b(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}\\b"),
    /** Telephone numbers that begin with +, 00 or a code in parentheses, or have groups. */
    PHONE(
        "(?<![\\w.+-])(?:\\+|00)\\d(?:[ ()/.-]{0,2}\\d){6,14}|\\(\\d{2,5}\\)[ ]?\\d(?:[ /.-]?\\d){5,9}|(?<![\\w.+-])\\d{3}[ .-]\\d{3}[ .-]\\d{4}(?![\\w-])");

    private final Pattern pattern;

    Kind(String pattern) {
      this.pattern = Pattern.compile(pattern);
    }

    private Predicate<String> check() {
      return switch (this) {
        case IBAN -> PersonalData::isIban;
        case CARD -> PersonalData::isCard;
        case IP -> PersonalData::isIp;
        default -> text -> true;
      };
    }
  }

  private final List<Kind> kinds;

  /**
   * Creates a filter.
   *
   * @param kinds what it replaces
   */
  public PersonalData(Set<Kind> kinds) {
    this.kinds = kinds.stream().sorted().toList();
  }

  @Override
  public String apply(String text) {
    String redacted = text;
    for (Kind kind : kinds) {
      Predicate<String> check = kind.check();
      String name = "[" + kind.name().toLowerCase(Locale.ROOT) + "]";
      redacted =
          kind.pattern
              .matcher(redacted)
              .replaceAll(found ->
                  Matcher.quoteReplacement(check.test(found.group()) ? name : found.group()));
    }
    return redacted;
  }

  /** Checks the remainder by 97 (ISO 7064). */
  private static boolean isIban(String text) {
    String plain = text.replace(" ", "");
    StringBuilder digits = new StringBuilder();
    for (char each : (plain.substring(4) + plain.substring(0, 4)).toCharArray()) {
      digits.append(Character.getNumericValue(each));
    }
    return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
  }

  private static boolean isCard(String text) {
    int sum = 0;
    boolean twice = false;
    for (int i = text.length() - 1; i >= 0; i--) {
      int digit = Character.digit(text.charAt(i), 10);
      if (digit >= 0) {
        int value = twice ? 2 * digit : digit;
        sum += value > 9 ? value - 9 : value;
        twice = !twice;
      }
    }
    return sum % 10 == 0;
  }

  private static boolean isIp(String text) {
    return text.indexOf(':') >= 0
        || List.of(text.split("\\.")).stream().allMatch(part -> Integer.parseInt(part) < 256);
  }
}
