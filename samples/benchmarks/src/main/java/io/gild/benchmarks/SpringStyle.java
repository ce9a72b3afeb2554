package io.gild.benchmarks;

import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import io.micrometer.core.annotation.Timed;
import io.micrometer.core.aop.TimedAspect;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The same policies by the annotations that Spring teams use: Resilience4j, Micrometer, cache. */
final class SpringStyle implements AutoCloseable {

  /** The annotated agent; Spring creates a proxy of it. */
  public static class Agent {

    private final EchoAgent agent = new EchoAgent();

    /** All but the cache. */
    @Timed("agent.duration")
    @Retry(name = "support")
    @CircuitBreaker(name = "support")
    @Bulkhead(name = "support")
    public String answer(String question) {
      return agent.answer(question);
    }

    /** All of it. */
    @Cacheable("answers")
    @Timed("agent.duration.cached")
    @Retry(name = "support")
    @CircuitBreaker(name = "support")
    @Bulkhead(name = "support")
    public String cached(String question) {
      return agent.answer(question);
    }
  }

  /** The configuration of Spring Boot. */
  @Configuration
  @EnableAutoConfiguration
  @EnableCaching
  public static class Setup {

    /** Returns the agent. */
    @Bean
    public Agent agent() {
      return new Agent();
    }

    /** Returns the registry. */
    @Bean
    public MeterRegistry registry() {
      return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /** Returns the aspect that implements {@link Timed}. */
    @Bean
    public TimedAspect timedAspect(MeterRegistry registry) {
      return new TimedAspect(registry);
    }
  }

  private final ConfigurableApplicationContext context;
  private final Agent agent;

  SpringStyle(int cacheSize) {
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    this.context =
        new SpringApplicationBuilder(Setup.class)
            .web(WebApplicationType.NONE)
            .logStartupInfo(false)
            .properties(
                Map.of(
                    "spring.main.banner-mode",
                    "off",
                    "spring.cache.type",
                    "caffeine",
                    "spring.cache.caffeine.spec",
                    "maximumSize=" + cacheSize + ",expireAfterWrite=1h",
                    "resilience4j.bulkhead.instances.support.maxConcurrentCalls",
                    "64",
                    "resilience4j.retry.instances.support.maxAttempts",
                    "3"))
            .run();
    this.agent = context.getBean(Agent.class);
    if (agent.getClass() == Agent.class) {
      throw new IllegalStateException("Spring made no proxy of the agent");
    }
  }

  Agent agent() {
    return agent;
  }

  @Override
  public void close() {
    context.close();
  }
}
