package com.acme.support;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;

/** Answers customers, and looks their orders up. */
@Service
public class SupportAgent {

  private static final Logger LOG = LoggerFactory.getLogger(SupportAgent.class);

  private final ChatClient client;
  private final Orders orders;

  SupportAgent(ChatClient.Builder clients, Orders orders) {
    this.client = clients.defaultSystem("You are the support desk of Acme.").build();
    this.orders = orders;
  }

  /** Answers a question. */
  public String answer(String question) {
    LOG.info("A customer has a question");
    return client.prompt(question).call().content();
  }

  /** Answers a question, and may look orders up and pay money back. */
  public String help(String question) {
    return client.prompt(question).tools(orders).call().content();
  }

  /** Answers chunk by chunk. */
  public Flux<String> stream(String question) {
    return client.prompt(question).stream().content();
  }
}
