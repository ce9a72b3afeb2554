package com.acme.web;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Streams with Spring AI's model when the framework subscribes. */
@RestController
public class ModelController {

  private final ChatModel model = Models.openAi();

  @GetMapping("/chat")
  public Flux<String> chat(@RequestParam("question") String question) {
    return model.stream(question);
  }
}
