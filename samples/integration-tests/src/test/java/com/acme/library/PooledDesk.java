package com.acme.library;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** On LangChain4j, called on the thread of a pool: neither text nor caller is on its stack. */
public final class PooledDesk extends Desk {

  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final ChatModel model =
      OpenAiChatModel.builder()
          .baseUrl(provider())
          .apiKey("none")
          .modelName(MODEL)
          .maxRetries(maxRetries())
          .build();

  @Override
  public String chat(String question) throws Exception {
    return pool.submit(() -> model.chat(question)).get();
  }

  @Override
  public String async(String question) throws Exception {
    Callable<String> task =
        new Callable<>() {
          @Override
          public String call() {
            return model.chat(question);
          }
        };
    return pool.submit(task).get();
  }

  @Override
  public String other(String question) throws Exception {
    return pool.submit(new PooledTask(question)).get();
  }

  /** A separate task. */
  private final class PooledTask implements Callable<String> {

    private final String question;

    PooledTask(String question) {
      this.question = question;
    }

    @Override
    public String call() {
      return model.chat(question);
    }
  }
}
