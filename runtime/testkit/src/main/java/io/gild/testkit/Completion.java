package io.gild.testkit;

/**
 * An answered request with the data that every wire format reports.
 *
 * @param id the number of the request, from which each format derives its identifier
 */
record Completion(
    long id, ModelRequest request, ModelAnswer answer, int promptTokens, int completionTokens) {

  static Completion of(long id, ModelRequest request, ModelAnswer answer) {
    return new Completion(
        id,
        request,
        answer,
        Tokens.estimate(request.promptText()),
        Tokens.estimate(answer.completionText()));
  }

  int totalTokens() {
    return promptTokens + completionTokens;
  }
}
