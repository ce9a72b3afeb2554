package io.gild.versions;

/**
 * A text that goes with the prompt of a call.
 *
 * @param text the text, in which <code>{prompt}</code> stands for the prompt
 */
record PromptTemplate(String text) {

  private static final String PLACE = "{prompt}";

  PromptTemplate {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "prompt must be a text, in which {prompt} stands for the caller's prompt, but is blank");
    }
  }

  String apply(String prompt) {
    return text.contains(PLACE)
        ? text.replace(PLACE, prompt)
        : text.stripTrailing() + "\n\n" + prompt;
  }
}
