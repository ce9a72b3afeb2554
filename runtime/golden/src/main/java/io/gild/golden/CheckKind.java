package io.gild.golden;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The kinds of checks that a golden task can name. */
@Experimental
public enum CheckKind {
  /** {@link AnswerCheck.Exact}. */
  EXACT("exact", AnswerCheck.Exact.class, "text", Form.TEXT, plainText()),
  /** {@link AnswerCheck.Contains}. */
  CONTAINS("contains", AnswerCheck.Contains.class, "text", Form.TEXT, plainText()),
  /** {@link AnswerCheck.Regex}. */
  REGEX("regex", AnswerCheck.Regex.class, "pattern", Form.TEXT, Map.of("whole", false)),
  /** {@link AnswerCheck.Number}. */
  NUMBER(
      "number",
      AnswerCheck.Number.class,
      "value",
      Form.TEXT,
      Map.of("tolerance", 0, "which", "any")),
  /** {@link AnswerCheck.Json}. */
  JSON(
      "json",
      AnswerCheck.Json.class,
      "value",
      Form.ANYTHING,
      Map.of("allow-extra", false, "any-order", false, "tolerance", 0)),
  /** {@link AnswerCheck.JsonSchema}. */
  JSON_SCHEMA("json-schema", AnswerCheck.JsonSchema.class, "schema", Form.ANYTHING, Map.of()),
  /** {@link AnswerCheck.Similarity}. */
  SIMILARITY("similarity", AnswerCheck.Similarity.class, "text", Form.TEXT, threshold()),
  /** {@link AnswerCheck.RougeL}. */
  ROUGE_L("rouge-l", AnswerCheck.RougeL.class, "text", Form.TEXT, threshold()),
  /** {@link AnswerCheck.Levenshtein}. */
  LEVENSHTEIN("levenshtein", AnswerCheck.Levenshtein.class, "text", Form.TEXT, threshold()),
  /** {@link AnswerCheck.Length}. */
  LENGTH(
      "length",
      AnswerCheck.Length.class,
      "max",
      Form.OPTIONS,
      Map.of("min", 0, "unit", "characters")),
  /** {@link AnswerCheck.Language}. */
  LANGUAGE("language", AnswerCheck.Language.class, "code", Form.TEXT, Map.of()),
  /** {@link AnswerCheck.Refusal}. */
  REFUSAL("refusal", AnswerCheck.Refusal.class, "expected", Form.FLAG, Map.of("expected", true)),
  /** {@link AnswerCheck.NoPii}. */
  NO_PII("no-pii", AnswerCheck.NoPii.class, "kinds", Form.FLAG, Map.of()),
  /** {@link AnswerCheck.Judge}. */
  JUDGE("judge", AnswerCheck.Judge.class, "rubric", Form.TEXT, Map.of("samples", 1, "model", "")),
  /** {@link AnswerCheck.Trajectory}. */
  TRAJECTORY(
      "trajectory", AnswerCheck.Trajectory.class, "calls", Form.OPTIONS, Map.of("mode", "exact")),
  /** {@link AnswerCheck.Cost}. */
  COST("cost", AnswerCheck.Cost.class, "at-most", Form.OPTIONS, Map.of()),
  /** {@link AnswerCheck.Latency}. */
  LATENCY("latency", AnswerCheck.Latency.class, "at-most", Form.OPTIONS, Map.of()),
  /** {@link AnswerCheck.Tokens}. */
  TOKENS("tokens", AnswerCheck.Tokens.class, "at-most", Form.OPTIONS, Map.of()),
  /** {@link AnswerCheck.Attempts}. */
  ATTEMPTS("attempts", AnswerCheck.Attempts.class, "at-most", Form.OPTIONS, Map.of()),
  /** {@link AnswerCheck.Custom}. */
  CUSTOM("custom", AnswerCheck.Custom.class, "type", Form.OPTIONS, Map.of("expected", "")),
  /** {@link AnswerCheck.Not}. */
  NOT("not", AnswerCheck.Not.class, "check", Form.INNER, Map.of()),
  /** {@link AnswerCheck.All}. */
  ALL("all", AnswerCheck.All.class, "checks", Form.INNER, Map.of()),
  /** {@link AnswerCheck.Any}. */
  ANY("any", AnswerCheck.Any.class, "checks", Form.INNER, Map.of());

  /** The forms in which a kind may be written. */
  enum Form {
    /** Compares with a text, which {@code expected} can be. */
    TEXT,
    /** Compares with any value of JSON, which {@code expected} can be as text. */
    ANYTHING,
    /** Needs no value. */
    FLAG,
    /** Has its own values, for which {@code expected} cannot be used. */
    OPTIONS,
    /** Is made of other checks. */
    INNER
  }

  private final String key;
  private final Class<? extends AnswerCheck> type;
  private final String primary;
  private final Form form;
  private final PolicyTree defaults;

  CheckKind(
      String key,
      Class<? extends AnswerCheck> type,
      String primary,
      Form form,
      Map<String, ?> defaults) {
    this.key = key;
    this.type = type;
    this.primary = primary;
    this.form = form;
    this.defaults = PolicyTree.of(defaults);
  }

  private static Map<String, ?> plainText() {
    return Map.of("ignore-case", false, "normalize", false);
  }

  private static Map<String, ?> threshold() {
    return Map.of("threshold", 0.8);
  }

  /**
   * Returns the word that golden tasks use.
   *
   * @return such as {@code json-schema}
   */
  public String key() {
    return key;
  }

  /**
   * Returns the record of such a check.
   *
   * @return its class
   */
  public Class<? extends AnswerCheck> type() {
    return type;
  }

  /** Returns the key of the value that may be written alone. */
  String primary() {
    return primary;
  }

  Form form() {
    return form;
  }

  /** Returns the default values of keys. */
  PolicyTree defaults() {
    return defaults;
  }

  /**
   * Returns whether a task's {@code validator} may name the kind, with {@code expected} beside it.
   *
   * @return {@code false} if it is only allowed in {@code checks}
   */
  public boolean isValidator() {
    return form == Form.TEXT || form == Form.ANYTHING || form == Form.FLAG || this == CUSTOM;
  }

  /**
   * Returns the keys that {@code validator} may be.
   *
   * @return the keys in the order of this enum
   */
  public static List<String> validators() {
    List<String> keys = new ArrayList<>();
    for (CheckKind kind : values()) {
      if (kind.isValidator()) {
        keys.add(kind.key);
      }
    }
    return keys;
  }

  /** Returns the keys of all kinds. */
  static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (CheckKind kind : values()) {
      keys.add(kind.key);
    }
    return keys;
  }
}
