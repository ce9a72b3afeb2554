package com.acme.web;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Has a thread of a scheduler wait for Spring AI's model, as those do who have no stream. */
@RestController
public class CallableController {

  private final ChatModel model = Models.openAi();

  @GetMapping("/chat")
  public Mono<String> chat(@RequestParam("question") String question) {
    return Mono.fromCallable(() -> model.call(question)).subscribeOn(Schedulers.boundedElastic());
  }
}
