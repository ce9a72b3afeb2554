package com.acme.web;

import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Streams with an AI service of LangChain4j. */
@RestController
public class ServiceController {

  /** The interface that the library implements. */
  interface Assistant {
    Flux<String> answer(String question);
  }

  private final Assistant assistant =
      AiServices.create(
          Assistant.class,
          OpenAiStreamingChatModel.builder()
              .baseUrl(System.getenv("PROVIDER"))
              .apiKey("none")
              .modelName("own-model")
              .build());

  @GetMapping("/chat")
  public Flux<String> chat(@RequestParam("question") String question) {
    return assistant.answer(question);
  }
}
