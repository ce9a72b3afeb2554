package io.gild.spring;

import io.gild.config.Experimental;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Adds an endpoint and a health indicator where Spring Boot's Actuator is present.
 *
 * <p>An open circuit breaker makes the application unhealthy only if {@code
 * gild.spring.health.down-on-open-breaker} is {@code true}.
 */
@Experimental
@AutoConfiguration(after = GildAutoConfiguration.class)
@ConditionalOnProperty(name = "gild.spring.enabled", matchIfMissing = true)
public class GildActuatorAutoConfiguration {

  /** Creates the configuration. */
  public GildActuatorAutoConfiguration() {}

  private static boolean downOnOpenBreaker(Environment environment) {
    return environment.getProperty("gild.spring.health.down-on-open-breaker", Boolean.class, false);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
  static class EndpointConfiguration {

    @Bean
    static GildEndpoint gildEndpoint() {
      return new GildEndpoint();
    }
  }

  /** Spring Boot 3. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
  static class ActuateHealthConfiguration {

    @Bean
    static ActuateHealthIndicator gildHealthIndicator(Environment environment) {
      return new ActuateHealthIndicator(downOnOpenBreaker(environment));
    }
  }

  /** Spring Boot 4 moved health to a module of its own. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
  static class ContributedHealthConfiguration {

    @Bean
    static ContributedHealthIndicator gildHealthIndicator(Environment environment) {
      return new ContributedHealthIndicator(downOnOpenBreaker(environment));
    }
  }
}
