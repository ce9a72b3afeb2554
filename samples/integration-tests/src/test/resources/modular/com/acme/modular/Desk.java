package com.acme.modular;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.gild.annotations.Retry;

/** An agent whose package only its module sees. */
final class Desk {

  private final OpenAIClient client =
      OpenAIOkHttpClient.builder()
          .baseUrl(System.getenv("PROVIDER"))
          .apiKey("none")
          .maxRetries(0)
          .build();
  private int runs;

  String named(String question) {
    return everyThird(question);
  }

  @Retry(maxAttempts = 3, waitDuration = "0s")
  String annotated(String question) {
    return everyThird(question);
  }

  private String everyThird(String question) {
    if (++runs % 3 != 0) {
      throw new IllegalStateException("flaky");
    }
    return "answer to " + question;
  }

  String chat(String question) {
    ChatCompletionCreateParams asked =
        ChatCompletionCreateParams.builder().model("own-model").addUserMessage(question).build();
    return client.chat().completions().create(asked).choices().get(0).message().content().get();
  }
}
