package com.acme.support;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The endpoints of the shop's pages. */
@RestController
public class SupportController {

  private final SupportAgent agent;

  SupportController(SupportAgent agent) {
    this.agent = agent;
  }

  @GetMapping("/answer")
  String answer(@RequestParam("question") String question) {
    return agent.answer(question);
  }

  @GetMapping("/help")
  String help(@RequestParam("question") String question) {
    return agent.help(question);
  }

  @GetMapping("/stream")
  Flux<String> stream(@RequestParam("question") String question) {
    return agent.stream(question);
  }

  @GetMapping("/health")
  String health() {
    return "up";
  }
}
