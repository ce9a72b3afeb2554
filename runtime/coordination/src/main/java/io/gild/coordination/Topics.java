package io.gild.coordination;

import io.gild.config.Experimental;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names of topics. A topic is a list of tokens, separated by dots: {@code orders.eu.created}. In
 * the pattern of a subscription, {@code *} is any one token, and {@code >} at the end is one or
 * more tokens.
 */
@Experimental
public final class Topics {

  /** The longest topic and the longest pattern, in characters. */
  public static final int LONGEST = 255;

  private static final String INBOX = "inbox.";
  private static final String REPLY = "reply.";
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  private static final String TOKEN = "[A-Za-z0-9_%:@=+~!-]+";
  private static final Pattern NAME = Pattern.compile(TOKEN + "(\\." + TOKEN + ")*");
  private static final Pattern PATTERN =
      Pattern.compile("(?:(?:" + TOKEN + "|\\*)(?:\\.(?:" + TOKEN + "|\\*))*(?:\\.>)?|>)");

  private Topics() {}

  /**
   * Returns the topic of an agent's own messages. A message to an inbox is never dropped: without a
   * subscription it is in the dead letters.
   *
   * @param agent the name of the agent; any text that is not empty, at most 80 bytes of UTF-8
   * @return {@code inbox.} and the name; characters that no topic may have are encoded as {@code
   *     %2e}
   * @throws IllegalArgumentException if the name is empty or too long
   */
  public static String inbox(String agent) {
    return INBOX + token(agent);
  }

  /**
   * Encodes any text as one token of a topic; different texts are different tokens.
   *
   * @param text a text that is not empty, at most 80 bytes of UTF-8
   * @return the token
   * @throws IllegalArgumentException if the text is empty or too long
   */
  public static String token(String text) {
    StringBuilder token = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (each & 0xff);
      if (PLAIN.indexOf(character) >= 0) {
        token.append(character);
      } else {
        token.append('%').append(HexFormat.of().toHexDigits(each));
      }
    }
    if (token.isEmpty() || INBOX.length() + token.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a name in a topic must have 1 to 80 bytes, but is \"" + text + "\"");
    }
    return token.toString();
  }

  /**
   * Returns whether a topic is the inbox of an agent.
   *
   * @param topic the topic
   * @return whether it begins with {@code inbox.}
   */
  public static boolean isInbox(String topic) {
    return topic.startsWith(INBOX);
  }

  /** Returns whether replies to a topic go to a waiting sender alone and are not kept. */
  static boolean isReply(String topic) {
    return topic.startsWith(REPLY);
  }

  static String reply(String sender) {
    return REPLY + token(sender);
  }

  /**
   * Checks a topic.
   *
   * @param topic the topic
   * @return the topic
   * @throws IllegalArgumentException if it has an empty token, a wildcard, a character other than
   *     letters and digits of ASCII and {@code _ % : @ = + ~ ! -}, or more than {@value #LONGEST}
   *     characters
   */
  public static String requireName(String topic) {
    if (topic.length() > LONGEST || !NAME.matcher(topic).matches()) {
      throw new IllegalArgumentException(
          "a topic must be tokens of letters, digits, _ and -, separated by dots, such as orders.eu.created, and have at most "
              + LONGEST
              + " characters, but is \""
              + topic
              + "\"");
    }
    return topic;
  }

  /**
   * Checks a pattern.
   *
   * @param pattern the pattern
   * @return the pattern
   * @throws IllegalArgumentException if it is not a topic with wildcards
   */
  public static String requirePattern(String pattern) {
    if (pattern.length() > LONGEST || !PATTERN.matcher(pattern).matches()) {
      throw new IllegalArgumentException(
          "a pattern must be a topic in which tokens may be * and the last one >, such as orders.*.created or orders.>, but is \""
              + pattern
              + "\"");
    }
    return pattern;
  }

  /**
   * Returns whether a pattern matches a topic.
   *
   * @param pattern a valid pattern
   * @param topic a valid topic
   * @return whether it matches
   */
  public static boolean matches(String pattern, String topic) {
    int at = 0;
    int in = 0;
    while (at < pattern.length() && in < topic.length()) {
      int patternEnd = end(pattern, at);
      int topicEnd = end(topic, in);
      if (patternEnd - at == 1 && pattern.charAt(at) == '>') {
        return true;
      }
      boolean any = patternEnd - at == 1 && pattern.charAt(at) == '*';
      if (!any
          && !(patternEnd - at == topicEnd - in
              && pattern.regionMatches(at, topic, in, topicEnd - in))) {
        return false;
      }
      at = patternEnd + 1;
      in = topicEnd + 1;
    }
    return at >= pattern.length() && in >= topic.length();
  }

  private static int end(String text, int from) {
    int dot = text.indexOf('.', from);
    return dot < 0 ? text.length() : dot;
  }
}
