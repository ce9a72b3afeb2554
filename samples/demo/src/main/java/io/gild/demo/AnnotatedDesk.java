package io.gild.demo;

import com.acme.quickstart.SupportAgent;
import com.acme.quickstart.SupportAgent_Gild;
import com.acme.support.Main;
import com.acme.support.SupportDesk;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.gild.langchain4j.GildChatModelListener;
import java.util.List;

/** The quickstart's annotated agent in place of the old one: the same questions, no javaagent. */
public final class AnnotatedDesk {

  private AnnotatedDesk() {}

  /** Answers the file of questions that the first argument names. */
  public static void main(String[] args) throws Exception {
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(System.getenv("OPENAI_BASE_URL"))
            .apiKey(System.getenv("OPENAI_API_KEY"))
            .temperature(0.0)
            .maxRetries(Integer.getInteger("support.maxRetries", 0))
            .listeners(List.of(new GildChatModelListener()))
            .build();
    SupportAgent agent = SupportAgent_Gild.gilded(model, SupportDesk.INSTRUCTIONS);
    Main.run(args, question -> agent.answer(question, ""));
  }
}
