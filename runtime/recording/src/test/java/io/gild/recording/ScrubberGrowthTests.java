package io.gild.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile texts take no more looks at each character when they grow. */
class ScrubberGrowthTests {

  private static final int SMALL = 1 << 12;
  private static final int LARGE = 1 << 17;

  /** Looks of all rules together at a character, on average. */
  private static final int MOST_LOOKS = 2_000;

  /** A text that counts how often it is looked at. */
  private static final class CountedText implements CharSequence {

    private final String text;
    private long looks;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++looks > (long) MOST_LOOKS * text.length()) {
        throw new AssertionError("looks at each character more than " + MOST_LOOKS + " times");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      looks += end - start;
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      looks += text.length();
      return text;
    }
  }

  static List<String> hostile() {
    List<String> texts = new ArrayList<>();
    for (String prefix : SecretShapes.prefixes()) {
      texts.add("-" + prefix + "aaaaaaa");
    }
    for (String name : List.of("password", "token", "Authorization", "Cookie", "key", "sig")) {
      for (String value :
          List.of("=", ":", "='", ":\"", "=\\\"", "=${", "=[", "=['", ": a=b;", "=,")) {
        texts.add(name + value);
        texts.add(name + value + " ");
      }
      texts.add("<" + name + ">");
      texts.add("<" + name + " ");
      texts.add("<" + name + "><![CDATA[");
      texts.add("--" + name + " ");
      texts.add("name=\"" + name + "\" ");
      texts.add("{\"name\":'" + name + "',\"value\":");
    }
    texts.addAll(
        List.of(
            "a",
            "-",
            ".",
            "\"",
            "'",
            "\\",
            "<",
            "«",
            " ",
            "://",
            "://a:",
            "://a:b/",
            "thin:",
            "thin:a/",
            "-----BEGIN ",
            "-----BEGIN PRIVATE KEY-----",
            "bearer ",
            "bearer a",
            "basic YWRh",
            "-u ",
            "-u a:",
            "-u '",
            "a@",
            "a%",
            "a.b@c.",
            "1 ",
            "+1 ",
            "AB12 ",
            "eyJaaaaaa.eyJaaaaaa.",
            "-eyJaaaaaaa",
            "%3d",
            "\\u003d",
            "&quot;",
            "password&quot;:&quot;"));
    return texts;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void looksAtEachCharacterEquallyOftenHoweverLongTheText(String repeated) {
    double small = looksAtEach(repeated, SMALL);
    double large = looksAtEach(repeated, LARGE);

    assertThat(large / small).as("growth for %s times the text", LARGE / SMALL).isLessThan(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-eyJaaaaaaa", "password:", "key=", "://a:b/", "<token>", "-xoxb-a"})
  void readsAMebibyteOfAHostileText(String repeated) {
    assertThat(looksAtEach(repeated, 1 << 20)).isLessThan(MOST_LOOKS);
  }

  private static double looksAtEach(String repeated, int length) {
    CountedText text = new CountedText(repeated.repeat(length / repeated.length() + 1));
    Spans found = new Spans();
    Scrubber.findKnown(text, found);
    Scrubber.findPersonal(text, found);
    return (double) text.looks / text.length();
  }
}
