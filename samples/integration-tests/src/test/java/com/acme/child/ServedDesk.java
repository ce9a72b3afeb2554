package com.acme.child;

import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.concurrent.CompletableFuture;

/** An agent in an application that a server deploys and undeploys. */
public class ServedDesk {

  /** The application's own type, a different class in each deployment. */
  public record Answer(String text, Object application) {}

  private final OpenAiChatModel model =
      OpenAiChatModel.builder()
          .baseUrl(System.getenv("PROVIDER"))
          .apiKey("none")
          .modelName("own-model")
          .maxRetries(0)
          .build();

  /** Answers for this deployment. */
  public Answer answer(String question) {
    return new Answer(model.chat(question), ServedDesk.class.getClassLoader());
  }

  /** Answers a text, which is of the same type everywhere. */
  public String text(String question) {
    return System.identityHashCode(ServedDesk.class.getClassLoader()) + " " + question;
  }

  /** Answers later, on a thread that may outlive the deployment. */
  public CompletableFuture<Answer> later(String question) {
    return CompletableFuture.supplyAsync(() -> new Answer(question, this));
  }

  /** Calls all methods. */
  public static String all(String question) {
    ServedDesk desk = new ServedDesk();
    return desk.answer(question).text()
        + desk.text(question).substring(0, 0)
        + desk.later(question).join().text().substring(0, 0);
  }

  /** Requests a text; returns the deployment that it was created for. */
  public static String own(String question) {
    ServedDesk desk = new ServedDesk();
    Answer answer = desk.answer(question);
    String here = System.identityHashCode(ServedDesk.class.getClassLoader()) + " " + question;
    return answer.application() == ServedDesk.class.getClassLoader()
            && desk.text(question).equals(here)
        ? "own"
        : "of another application";
  }
}
