package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;

/**
 * Whether the answers of the exact cache are shared by several JVMs.
 *
 * @param store {@code in-process} to keep them in each JVM alone, or the name of a store that is on
 *     the class path
 * @param application names the application: those with other names share no answers, and one
 *     without a name shares none at all
 * @param encrypt whether answers are encrypted in the store; without a key, they are not shared
 * @param keysEnv environment variable that holds the keys; empty means none
 * @param keysFile file that holds the keys; empty means none
 * @param maxAnswerBytes longest answer that is shared, before its encryption; at least 1
 */
@Experimental
public record AnswerSettings(
    String store,
    String application,
    boolean encrypt,
    String keysEnv,
    String keysFile,
    int maxAnswerBytes) {

  /** The section {@code cached-answers}. */
  public static final Section<AnswerSettings> SECTION =
      Section.of("cached-answers", AnswerSettings.class);

  static final String IN_PROCESS = "in-process";

  /** Checks the values. */
  public AnswerSettings {
    Require.atLeast(1, maxAnswerBytes, "max-answer-bytes");
    if (!keysEnv.isEmpty() && !keysFile.isEmpty()) {
      throw new IllegalArgumentException(
          "keys-env and keys-file are both given: the keys are in one of them");
    }
  }
}
