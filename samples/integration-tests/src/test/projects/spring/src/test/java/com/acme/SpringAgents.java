package com.acme;

import io.gild.evaluation.spi.GoldenAgentProvider;
import io.gild.evaluation.spi.GoldenRun;
import java.util.Optional;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Takes agents from the application's own context. */
public final class SpringAgents implements GoldenAgentProvider {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext(Application.class);

  @Override
  public <T> Optional<T> agent(Class<T> type, GoldenRun run) {
    return context.getBeanProvider(type).stream().findFirst();
  }
}
