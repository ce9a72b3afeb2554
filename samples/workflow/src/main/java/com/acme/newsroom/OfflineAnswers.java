package com.acme.newsroom;

import io.gild.testkit.Answerer;
import io.gild.testkit.ModelAnswer;
import io.gild.testkit.ModelRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the model says without a network: a writer that gets better by each review. */
final class OfflineAnswers implements Answerer {

  private static final Pattern VERSION = Pattern.compile("Version (\\d+)");
  private static final Pattern TOPIC = Pattern.compile("Topic: (.*)");

  @Override
  public ModelAnswer answer(ModelRequest request) {
    String text = request.lastText();
    if (text.startsWith("Collect")) {
      String topic = text.substring(text.indexOf('\n') + 1);
      return ModelAnswer.text(
          "1. " + topic + " began small. 2. They grew. 3. People learned from their mistakes.");
    }
    if (text.startsWith("Review")) {
      int version = version(text);
      int score = Math.min(9, 4 + 2 * version + text.length() % 2);
      return ModelAnswer.text(
          "Score: "
              + score
              + ". Version "
              + version
              + (score < 8 ? " needs sources." : " is good."));
    }
    Matcher topic = TOPIC.matcher(text);
    String about = topic.find() ? topic.group(1) : "something";
    return ModelAnswer.text(
        "Version "
            + (version(text) + 1)
            + ": "
            + about
            + " have a history worth telling. "
            + "They began small, grew, and taught people much. ".repeat(6));
  }

  /** Returns the last version that a text names. */
  private static int version(String text) {
    int version = 0;
    Matcher versions = VERSION.matcher(text);
    while (versions.find()) {
      version = Integer.parseInt(versions.group(1));
    }
    return version;
  }
}
