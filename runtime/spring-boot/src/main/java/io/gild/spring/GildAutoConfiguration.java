package io.gild.spring;

import io.gild.config.Experimental;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Governs the annotated beans of the application, and gives the runtime the application's settings.
 *
 * <p>{@code gild.spring.enabled=false} switches it off.
 */
@Experimental
@AutoConfiguration
@ConditionalOnProperty(name = "gild.spring.enabled", matchIfMissing = true)
public class GildAutoConfiguration {

  /** Creates the configuration. */
  public GildAutoConfiguration() {}

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static GovernedBeans gildGovernedBeans(ConfigurableEnvironment environment) {
    return new GovernedBeans(environment);
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static GovernedBeanProcessor gildGovernedBeanProcessor(ConfigurableEnvironment environment) {
    boolean fails = environment.getProperty("gild.spring.fail-on-ungoverned", Boolean.class, false);
    return new GovernedBeanProcessor(fails);
  }
}
