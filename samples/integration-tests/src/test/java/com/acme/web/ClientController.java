package com.acme.web;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/**
 * Streams with Spring AI's client. The model's own stream is created when the framework subscribes,
 * on a thread of an advisor's scheduler.
 */
@RestController
public class ClientController {

  private final ChatClient client =
      ChatClient.builder(Models.openAi()).defaultAdvisors(new Scheduled()).build();

  @GetMapping("/chat")
  public Flux<String> chat(@RequestParam("question") String question) {
    return client.prompt(question).stream().content();
  }

  /** Changes nothing, on another thread. */
  private static final class Scheduled implements BaseAdvisor {

    @Override
    public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
      return request;
    }

    @Override
    public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
      return response;
    }

    @Override
    public int getOrder() {
      return 0;
    }
  }
}
