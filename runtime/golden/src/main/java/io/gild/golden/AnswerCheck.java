package io.gild.golden;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One way to judge an answer, as it is written in a golden task; {@link CheckKind} names them all.
 *
 * <p>A check describes the expected answer. The evaluation module, which runs agents, contains the
 * code that checks it.
 */
@Experimental
public sealed interface AnswerCheck {

  /**
   * The answer equals a text exactly.
   *
   * @param text the text
   * @param ignoreCase whether upper and lower case are the same
   * @param normalize whether both are first brought to Unicode form NFKC, each run of white space
   *     to one blank, and stripped
   */
  record Exact(String text, boolean ignoreCase, boolean normalize) implements AnswerCheck {}

  /**
   * The answer contains a text.
   *
   * @param text the text
   * @param ignoreCase as of {@link Exact}
   * @param normalize as of {@link Exact}
   */
  record Contains(String text, boolean ignoreCase, boolean normalize) implements AnswerCheck {

    /** Checks the text. */
    public Contains {
      if (normalize ? text.isBlank() : text.isEmpty()) {
        throw new IllegalArgumentException("text must not be empty, for every answer contains it");
      }
    }
  }

  /**
   * A pattern is found in the answer.
   *
   * @param pattern a pattern of {@link java.util.regex}
   * @param whole whether it must match the whole answer
   */
  record Regex(String pattern, boolean whole) implements AnswerCheck {

    /** Checks the pattern. */
    public Regex {
      if (pattern.isEmpty() && !whole) {
        throw new IllegalArgumentException(
            "pattern must not be empty, for it is found in every answer");
      }
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "pattern is not a regular expression: "
                + e.getDescription()
                + " near index "
                + e.getIndex()
                + " of \""
                + pattern
                + "\"");
      }
    }
  }

  /** Which of the numbers in an answer counts. */
  enum Occurrence {
    /** The nearest one. */
    ANY,
    /** The first one. */
    FIRST,
    /** The last one. */
    LAST,
    /** The only one; the answer has no other. */
    ONLY
  }

  /**
   * The answer holds a number.
   *
   * @param value the number
   * @param tolerance how far off it may be, in its own unit; zero or more
   * @param which which number of the answer counts
   */
  record Number(BigDecimal value, BigDecimal tolerance, Occurrence which) implements AnswerCheck {

    /** Checks the tolerance. */
    public Number {
      notNegative(tolerance);
    }
  }

  /**
   * The answer is a JSON value; the order of keys and the spelling of numbers do not matter.
   *
   * @param value the value: maps, lists, texts, numbers, booleans, {@code null}; a text is read as
   *     JSON
   * @param allowExtra whether objects may have more keys
   * @param anyOrder whether lists may be in another order
   * @param tolerance how far off numbers may be; zero or more
   */
  record Json(@Nullable Object value, boolean allowExtra, boolean anyOrder, BigDecimal tolerance)
      implements AnswerCheck {

    /** Reads the value. */
    public Json {
      value = json(value, "value");
      notNegative(tolerance);
    }
  }

  /**
   * The answer is JSON of a schema.
   *
   * @param schema a JSON Schema, of draft 2020-12 unless it names another; a text is read as JSON
   */
  record JsonSchema(@Nullable Object schema) implements AnswerCheck {

    /** Reads the schema. */
    public JsonSchema {
      schema = json(schema, "schema");
      if (!(schema instanceof Map<?, ?> || schema instanceof Boolean)) {
        throw new IllegalArgumentException("schema must be a JSON object, but is " + schema);
      }
      SchemaCheck.check(schema);
    }
  }

  /**
   * The answer means about the same as a text.
   *
   * @param text the text
   * @param threshold lowest cosine of their embeddings that passes; from 0 to 1
   */
  record Similarity(String text, double threshold) implements AnswerCheck {

    /** Checks the threshold. */
    public Similarity {
      Require.between(0, 1, threshold, "threshold");
    }
  }

  /**
   * The answer has words in common with a text, in the same order.
   *
   * @param text the text
   * @param threshold lowest ROUGE-L F-score that passes; from 0 to 1
   */
  record RougeL(String text, double threshold) implements AnswerCheck {

    /** Checks the threshold. */
    public RougeL {
      Require.between(0, 1, threshold, "threshold");
    }
  }

  /**
   * The answer is spelled about like a text.
   *
   * @param text the text
   * @param threshold lowest share of unchanged letters that passes; from 0 to 1
   */
  record Levenshtein(String text, double threshold) implements AnswerCheck {

    /** Checks the threshold. */
    public Levenshtein {
      Require.between(0, 1, threshold, "threshold");
    }
  }

  /** What lengths are counted in. */
  enum LengthUnit {
    /** Unicode code points. */
    CHARACTERS,
    /** Runs of letters and digits. */
    WORDS,
    /** Lines that are not blank. */
    LINES
  }

  /**
   * The answer is neither too short nor too long.
   *
   * @param min fewest units; zero or more
   * @param max most units; {@code null} for no limit
   * @param unit what is counted
   */
  record Length(long min, @Nullable Long max, LengthUnit unit) implements AnswerCheck {

    /** Checks the bounds. */
    public Length {
      Require.atLeast(0, min, "min");
      if (max != null) {
        Require.atLeast(min, max, "max");
      }
    }
  }

  /**
   * The answer is written in a language.
   *
   * @param code its ISO 639-1 code, such as {@code en}
   */
  record Language(String code) implements AnswerCheck {

    /** Checks the code. */
    public Language {
      if (!Languages.isKnown(code)) {
        throw new IllegalArgumentException(
            "code must be a language of ISO 639-1 such as en or de, but is \""
                + code
                + "\"."
                + Languages.didYouMean(code));
      }
    }
  }

  /**
   * The answer refuses, or does not.
   *
   * @param expected whether it must refuse
   */
  record Refusal(boolean expected) implements AnswerCheck {}

  /** Kinds of personal data. */
  enum Pii {
    /** Addresses of mail. */
    EMAIL,
    /** Telephone numbers. */
    PHONE,
    /** Numbers of payment cards with a right check digit. */
    CREDIT_CARD,
    /** International bank account numbers with right check digits. */
    IBAN,
    /** Social security numbers of the United States. */
    SSN,
    /** Addresses of the Internet protocol. */
    IP_ADDRESS
  }

  /**
   * The answer holds no personal data.
   *
   * @param kinds what is looked for; not empty
   */
  record NoPii(List<Pii> kinds) implements AnswerCheck {

    /** Copies the list; an empty one means all kinds. */
    public NoPii {
      kinds = kinds.isEmpty() ? List.of(Pii.values()) : List.copyOf(kinds);
    }
  }

  /**
   * A model judges the answer by a rubric.
   *
   * @param rubric what makes an answer good, in words
   * @param samples how often the judge model is called; the majority decides; from 1 to 99
   * @param model the judge model; empty for the one of the settings
   */
  record Judge(String rubric, int samples, String model) implements AnswerCheck {

    /** Checks the values. */
    public Judge {
      if (rubric.isBlank()) {
        throw new IllegalArgumentException("rubric must not be empty");
      }
      Require.between(1, 99, samples, "samples");
    }
  }

  /** How the tools that were called are compared. */
  enum TrajectoryMode {
    /** Exactly these calls in this order. */
    EXACT,
    /** These calls in this order, with others between them. */
    IN_ORDER,
    /** These calls in any order, with others between them. */
    ANY_ORDER
  }

  /**
   * The agent called tools.
   *
   * @param mode how strictly
   * @param calls the calls; none with {@link TrajectoryMode#EXACT} means that no tool is called
   */
  record Trajectory(TrajectoryMode mode, List<ExpectedCall> calls) implements AnswerCheck {

    /** Copies the list. */
    public Trajectory {
      calls = List.copyOf(calls);
    }
  }

  /**
   * A tool that must be called.
   *
   * @param tool its name
   * @param arguments what each argument named here must be; others do not matter
   */
  record ExpectedCall(String tool, Map<String, AnswerCheck> arguments) {

    /** Copies the map. */
    public ExpectedCall {
      arguments = Map.copyOf(arguments);
    }

    /** Returns the name, with the expected arguments. */
    @Override
    public String toString() {
      return arguments.isEmpty() ? tool : tool + new TreeMap<>(arguments);
    }
  }

  /**
   * The run costs at most an amount.
   *
   * @param atMost US dollars; zero or more
   */
  record Cost(BigDecimal atMost) implements AnswerCheck {

    /** Checks the amount. */
    public Cost {
      if (atMost.signum() < 0) {
        throw new IllegalArgumentException("at-most must not be negative, but is " + atMost);
      }
    }
  }

  /**
   * The answer comes within a time.
   *
   * @param atMost the time; above zero
   */
  record Latency(Duration atMost) implements AnswerCheck {

    /** Checks the time. */
    public Latency {
      Require.positive(atMost, "at-most");
    }
  }

  /**
   * The run uses at most a number of tokens.
   *
   * @param atMost tokens of prompts and answers together; zero or more
   */
  record Tokens(long atMost) implements AnswerCheck {

    /** Checks the number. */
    public Tokens {
      Require.atLeast(0, atMost, "at-most");
    }
  }

  /**
   * The agent's method runs at most a number of times.
   *
   * @param atMost runs, the first one included; one or more
   */
  record Attempts(int atMost) implements AnswerCheck {

    /** Checks the number. */
    public Attempts {
      Require.atLeast(1, atMost, "at-most");
    }
  }

  /**
   * A class of the application judges.
   *
   * @param type its binary name; it implements {@code io.gild.evaluation.spi.Validator}
   * @param expected the expected value; may be empty
   */
  record Custom(String type, String expected) implements AnswerCheck {

    /** Checks the name. */
    public Custom {
      if (type.isBlank()) {
        throw new IllegalArgumentException("type must name a class");
      }
    }
  }

  /**
   * The opposite of another check.
   *
   * @param check the other one
   */
  record Not(AnswerCheck check) implements AnswerCheck {}

  /**
   * All of several checks.
   *
   * @param checks the checks; at least one
   */
  record All(List<WeightedCheck> checks) implements AnswerCheck {

    /** Copies the list. */
    public All {
      checks = List.copyOf(checks);
      Require.atLeast(1, checks.size(), "number of checks");
    }
  }

  /**
   * At least one of several checks.
   *
   * @param checks the checks; at least one
   */
  record Any(List<WeightedCheck> checks) implements AnswerCheck {

    /** Copies the list. */
    public Any {
      checks = List.copyOf(checks);
      Require.atLeast(1, checks.size(), "number of checks");
    }
  }

  private static void notNegative(BigDecimal tolerance) {
    if (tolerance.signum() < 0) {
      throw new IllegalArgumentException("tolerance must not be negative, but is " + tolerance);
    }
  }

  private static @Nullable Object json(@Nullable Object value, String key) {
    if (!(value instanceof String text)) {
      return value;
    }
    try {
      return io.gild.config.Json.read(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + " is not JSON: " + e.getMessage());
    }
  }
}
