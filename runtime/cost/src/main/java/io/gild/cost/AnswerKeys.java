package io.gild.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the keys of shared answers. No message shows a part of a key. */
final class AnswerKeys {

  private static final int MOST = 8;
  private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final String FORM =
      "Write each as id:base64 of %d random bytes, the one to write with first, separated by commas or line ends; openssl rand -base64 %d makes one"
          .formatted(AnswerKey.LENGTH, AnswerKey.LENGTH);

  private AnswerKeys() {}

  /**
   * Returns the keys that settings name; the first one is for writing.
   *
   * @throws IllegalArgumentException if there are none, they are invalid, or the application has no
   *     name
   */
  static List<AnswerKey> of(AnswerSettings settings) {
    if (settings.application().isBlank()) {
      throw new IllegalArgumentException(
          "cached-answers.application is empty. Give all JVMs that have the same prompts, models and customers the same name");
    }
    if (!settings.encrypt()) {
      return List.of(AnswerKey.none());
    }
    if (!settings.keysEnv().isEmpty()) {
      String text = System.getenv(settings.keysEnv());
      if (text == null || text.isBlank()) {
        throw new IllegalArgumentException(
            "the environment variable "
                + settings.keysEnv()
                + " of cached-answers.keys-env is not set");
      }
      return parse(text, "the environment variable " + settings.keysEnv());
    }
    if (!settings.keysFile().isEmpty()) {
      return parse(content(settings.keysFile()), settings.keysFile());
    }
    throw new IllegalArgumentException(
        "cached-answers has no keys. Name an environment variable in keys-env or a file in keys-file, or set encrypt: false to keep answers in clear");
  }

  private static String content(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException | InvalidPathException failure) {
      throw new IllegalArgumentException(
          "the file of cached-answers.keys-file cannot be read: " + failure, failure);
    }
  }

  static List<AnswerKey> parse(String text, String place) {
    List<AnswerKey> keys = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (String each : SEPARATOR.split(text.strip())) {
      int colon = each.indexOf(':');
      String id = colon < 0 ? "" : each.substring(0, colon);
      byte[] secret = decoded(each.substring(colon + 1));
      if (!ID.matcher(id).matches() || secret.length != AnswerKey.LENGTH || ids.contains(id)) {
        throw new IllegalArgumentException(
            "key %d in %s is invalid or has the id of another one. %s"
                .formatted(ids.size() + 1, place, FORM));
      }
      ids.add(id);
      keys.add(AnswerKey.of(id, secret));
    }
    if (keys.size() > MOST) {
      throw new IllegalArgumentException(
          "%s has %d keys, but at most %d are allowed: remove those that no JVM writes with"
              .formatted(place, keys.size(), MOST));
    }
    return List.copyOf(keys);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException invalid) {
      return new byte[0];
    }
  }
}
