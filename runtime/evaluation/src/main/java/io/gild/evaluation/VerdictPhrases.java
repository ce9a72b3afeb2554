package io.gild.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds verdicts that are written in words. */
final class VerdictPhrases {

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS;

  /** Punctuation around words, of any script, but no letters: letters could change the meaning. */
  private static final String MARKS = "[\\p{P}\\p{S}\\s]{0,20}";

  private static final String NOT =
      "(?:(?:it|the answer|does|did|do|is|was|a|an)\\s+){0,4}(?:(?:not|no|never)\\s+(?:an?\\s+)?)?";

  private static final String WORD =
      "("
          + NOT
          + StatedVerdict.WORDS
          + ")\\b(?![-'\u2019]\\p{L}|[./,]\\d|\\s*out of"
          + "|\\s*(?:or\\b|/|\\|)\\s*(?:pass|fail|yes|no|true|false))";

  /** The word that introduces a verdict with a colon; an unknown word after it is not a verdict. */
  private static final String LABEL = "\\b(?:verdict|decision|grade|judge?ment)\\b";

  /** Further words that may introduce a verdict. */
  private static final String LOOSE_LABEL =
      "\\b(?:conclusion|assessment|evaluation|outcome|rating|final (?:answer|result|score))\\b";

  /** {@code Final verdict: fail}; the group of the verdict is missing if its word is unknown. */
  private static final Pattern LABELLED =
      Pattern.compile(
          LABEL
              + "(?:"
              + MARKS
              + "(?:is|was)\\b"
              + MARKS
              + WORD
              + "|"
              + MARKS
              + "[:=\uff1a]"
              + MARKS
              + "(?:(?:is|was)\\b"
              + MARKS
              + ")?(?:"
              + WORD
              + ")?"
              + "|[*_`\\s]*[-\u2013\u2014]"
              + MARKS
              + WORD
              + "|\\s+"
              + WORD
              + "|>\\s{0,20}"
              + WORD
              + ")|"
              + LOOSE_LABEL
              + MARKS
              + "(?:[:=\uff1a]|\\bis\\b)"
              + MARKS
              + WORD,
          FLAGS);

  /** {@code True, because ...}; with a quotation mark before it, it would be a quotation. */
  private static final Pattern FIRST =
      Pattern.compile(
          "\\A[\\s*_#>(\\[`-]*(?:(?:result|answer)"
              + MARKS
              + "(?:is\\b"
              + MARKS
              + ")?)?("
              + StatedVerdict.WORDS
              + ")(?=[*_`\\s)\\]]*(?:[.,:;!\u2013\u2014\u3002\uff0c\uff01\uff1a\u3001]|\\s-|-\\s|\\n|\\z)|\\s+(?:because|since|as)\\b)"
              + "[\\s*_`)\\].,:;!\u2013\u2014\u3002\uff0c\uff01\uff1a\u3001-]*",
          FLAGS);

  /** {@code FAIL} on its own line at the end. */
  private static final Pattern LAST =
      Pattern.compile(
          "\\n[\\p{P}\\p{S}\\p{Zs}\\t]{0,20}("
              + NOT
              + StatedVerdict.WORDS
              + ")[\\p{P}\\p{S}\\s]{0,20}\\z",
          FLAGS);

  /** {@code Therefore it does not pass.} */
  private static final Pattern CONCLUSION =
      Pattern.compile(
          "\\b(?:so|therefore|thus|hence|overall|in conclusion|in summary|finally)\\b[^.!?\\n]{0,60}?\\b"
              + "((?:(?:does|did|do|is|was|can|should|must)\\s*(?:not|n['\u2019]t)\\s+(?:a\\s+)?)?(?:pass(?:es|ed)?|fail(?:s|ed)?))\\b",
          FLAGS);

  private static final Pattern BUT =
      Pattern.compile("\\b(?:but|however|although|though|except|yet|unless)\\b", FLAGS);

  private static final Pattern TAKES_BACK =
      Pattern.compile(
          "(?:\\A|[.!?\\n])[\\p{P}\\p{S}\\s]{0,20}(?:wait|however|hold on|correction|no(?=\\s{0,5}[,.!:;]))\\b"
              + "|\\bactually\\b[,\\s]{1,5}(?:no|not|wrong|fail|pass|(?:it|this|that|the answer) (?:is|was|does|should|fails|passes))\\b"
              + "|\\b(?:on reflection|on second thoughts?|take (?:that|it) back|changed? my mind|should (?:instead )?be (?:a )?(?:pass|fail))\\b",
          FLAGS);

  private VerdictPhrases() {}

  /**
   * Returns the phrases outside of objects; the first word counts only if no other verdict follows.
   */
  static List<StatedVerdict> in(String reply, List<StatedVerdict> objects) {
    String text = without(objects, reply);
    List<StatedVerdict> found = new ArrayList<>();
    addAll(LABELLED, text, found);
    addAll(LAST, text, found);
    addAll(CONCLUSION, text, found);
    Matcher first = FIRST.matcher(text);
    if (first.find()) {
      Boolean passed = StatedVerdict.read(first.group(1));
      String rest = text.substring(first.end());
      boolean open = Boolean.TRUE.equals(passed) && BUT.matcher(rest).find();
      found.add(new StatedVerdict(first.start(), first.end(), open ? null : passed, rest));
    }
    return found;
  }

  /** Returns whether the text after a verdict takes it back. */
  static boolean takesBack(String rest) {
    return TAKES_BACK.matcher(rest).find();
  }

  private static void addAll(Pattern pattern, String text, List<StatedVerdict> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      Boolean passed = null;
      for (int i = 1; i <= matcher.groupCount(); i++) {
        String words = matcher.group(i);
        passed =
            words == null
                ? passed
                : StatedVerdict.read(words.replaceFirst("(?i)n['\u2019]t", " not"));
      }
      found.add(new StatedVerdict(matcher.start(), matcher.end(), passed, null));
    }
  }

  private static String without(List<StatedVerdict> objects, String reply) {
    StringBuilder text = new StringBuilder(reply);
    for (StatedVerdict object : objects) {
      text.replace(object.start(), object.end(), "\u0000".repeat(object.end() - object.start()));
    }
    return text.toString();
  }
}
