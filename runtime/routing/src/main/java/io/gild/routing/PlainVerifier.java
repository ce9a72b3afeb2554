package io.gild.routing;

import io.gild.core.AgentCall;
import io.gild.core.MethodScope;
import io.gild.core.spi.AnswerVerifier;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rejects answers that no one needs to read to see that they are not good: empty ones, those that
 * the provider cut off, those that say that the model does not know, those that only repeat the
 * prompt, and those with a wrong sum.
 */
final class PlainVerifier implements AnswerVerifier {

  private static final Set<String> CUT_OFF =
      Set.of("length", "max_tokens", "model_length", "max_output_tokens", "content_filter");

  private static final Pattern UNSURE =
      Pattern.compile(
          "^\\W*(i'?m sorry|i am sorry|sorry|unfortunately|as an ai|i do(n't| not) know"
              + "|i'?m not (sure|able|certain)|i am not (sure|able|certain)"
              + "|i (cannot|can't|could not|couldn't) (answer|help|determine|assist|provide|find)"
              + "|it is (not clear|unclear|impossible to))",
          Pattern.CASE_INSENSITIVE);

  private static final String NUMBER = "(-?\\d{1,15}(?:,\\d{3})*(?:\\.\\d{1,9})?)";
  private static final Pattern SUM =
      Pattern.compile(
          "(?<![\\d.,])(?<![+*/×÷^(-]\\s{0,2})"
              + NUMBER
              + "\\s?([+*/×÷-])\\s?"
              + NUMBER
              + "\\s?=\\s?[$€£]?"
              + NUMBER
              + "(?!\\s?[\\d%+*/×÷^-])");

  private static final int MOST_SUMS = 50;

  /** The longest answer that is searched for sums. */
  private static final int SEARCHED = 20_000;

  private static final BigDecimal HALF = new BigDecimal("0.5");

  @Override
  public Check of(MethodScope method) {
    return PlainVerifier::reject;
  }

  private static @Nullable String reject(AgentCall call, String prompt, String answer) {
    String stripped = answer.strip();
    if (stripped.isEmpty()) {
      return "empty";
    }
    String reason = call.facts().finishReason();
    if (reason != null && CUT_OFF.contains(reason.toLowerCase(Locale.ROOT))) {
      return "cut off";
    }
    if (UNSURE.matcher(stripped).find()) {
      return "the model does not know";
    }
    if (!prompt.isBlank() && stripped.equalsIgnoreCase(prompt.strip())) {
      return "the prompt repeated";
    }
    return hasWrongSum(stripped) ? "a wrong sum" : null;
  }

  static boolean hasWrongSum(String answer) {
    String searched = answer.length() <= SEARCHED ? answer : answer.substring(0, SEARCHED);
    Matcher sums = SUM.matcher(searched);
    for (int i = 0; i < MOST_SUMS && sums.find(); i++) {
      if (isWrong(
          number(sums.group(1)), sums.group(2), number(sums.group(3)), number(sums.group(4)))) {
        return true;
      }
    }
    return false;
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text.replace(",", ""));
  }

  private static boolean isWrong(BigDecimal a, String operator, BigDecimal b, BigDecimal result) {
    BigDecimal exact =
        switch (operator) {
          case "+" -> a.add(b);
          case "-" -> a.subtract(b);
          case "*", "×" -> a.multiply(b);
          default -> b.signum() == 0 ? null : a.divide(b, MathContext.DECIMAL64);
        };
    if (exact == null) {
      return false;
    }
    // A result may be rounded to the digits that are written, and cut off if it has decimals.
    BigDecimal unit = BigDecimal.ONE.movePointLeft(Math.max(0, result.scale()));
    BigDecimal tolerance = result.scale() > 0 ? unit : unit.multiply(HALF);
    return exact.subtract(result).abs().compareTo(tolerance) > 0;
  }
}
