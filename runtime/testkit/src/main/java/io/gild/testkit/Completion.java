package io.gild.testkit;

/**
 * An answered request with what every wire format reports about it.
 *
 * @param id the number of the request, from which each format makes its identifier
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
