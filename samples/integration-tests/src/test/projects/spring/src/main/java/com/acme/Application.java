package com.acme;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the dependencies of the agent. */
@Configuration(proxyBeanMethods = false)
public class Application {

  @Bean
  Orders orders() {
    return () -> "shipped";
  }

  @Bean
  OrderAgent agent(Orders orders) {
    return OrderAgent_Gild.gilded(orders);
  }
}
