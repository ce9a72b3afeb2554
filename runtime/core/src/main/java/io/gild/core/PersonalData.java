package io.gild.core;

import io.gild.config.Experimental;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds personal data by its form and check digits. What has no form, such as a name, is not found.
 * Stateless.
 */
@Experimental
public final class PersonalData {

  /** A kind of personal data; those of a more exact form come first. */
  public enum Kind {
    /** E-mail addresses. */
    EMAIL("(?<![\\w.+-])[\\w.%+-]{1,64}@(?:[\\w-]{1,63}\\.){1,8}\\p{L}{2,24}(?![\\w-])"),
    /** International bank account numbers with valid check digits (ISO 13616). */
    IBAN("(?<!\\w)[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\\w)"),
    /** Numbers of payment cards with a valid check digit (ISO/IEC 7812-1, annex B). */
    CREDIT_CARD("(?<![\\w-])\\d(?:[ -]?\\d){12,18}(?![\\w-])"),
    /** Social security numbers of the United States, but those that were never issued. */
    SSN("(?<![\\w-])\\d{3}-\\d{2}-\\d{4}(?![\\w-])"),
    /** Addresses of the internet protocol, versions 4 and 6. */
    IP_ADDRESS(
        "(?<![\\w.:])(?:(?:\\d{1,3}\\.){3}\\d{1,3}"
            + "|(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}"
            + "|(?:[0-9a-fA-F]{1,4}:){1,6}:(?:[0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4})"
            + "(?![\\w:]|\\.\\d)"),
    /** Telephone numbers. */
    PHONE(
        "(?<![\\w.+/-])(?:\\+\\d{1,3}[ ./-]?)?(?:\\(\\d{1,5}\\)[ ./-]?)?"
            + "\\d{2,5}(?:[ ./-]\\d{2,8}){1,5}(?![\\w-]|[.,]\\d)|\\+\\d{8,15}(?!\\d)");

    private final Pattern form;

    Kind(String form) {
      this.form = Pattern.compile(form);
    }

    private boolean isProven(String text) {
      return switch (this) {
        case EMAIL -> !text.contains("..");
        case IBAN -> isIban(text);
        case CREDIT_CARD -> isCard(text);
        case SSN -> isSsn(text);
        case IP_ADDRESS -> isAddress(text);
        case PHONE -> isPhone(text);
      };
    }
  }

  private PersonalData() {}

  /**
   * Counts personal data of one kind.
   *
   * @param kind the kind
   * @param text the text
   * @return zero or more
   */
  public static long count(Kind kind, CharSequence text) {
    return kind.form.matcher(text).results().map(MatchResult::group).filter(kind::isProven).count();
  }

  /**
   * Replaces personal data by its kind, such as {@code [email]}.
   *
   * @param kinds the kinds
   * @param text the text
   * @return the text without them
   */
  public static String redacted(Collection<Kind> kinds, String text) {
    String redacted = text;
    for (Kind kind : Kind.values()) {
      if (kinds.contains(kind)) {
        String name = "[" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "]";
        redacted =
            kind.form
                .matcher(redacted)
                .replaceAll(found ->
                    Matcher.quoteReplacement(kind.isProven(found.group()) ? name : found.group()));
      }
    }
    return redacted;
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
