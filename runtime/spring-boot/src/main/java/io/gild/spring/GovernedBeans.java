package io.gild.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractAutowireCapableBeanFactory;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Starts Gild's runtime before the first bean exists, lets the bean factory create wrappers in
 * place of their agents, and gives the runtime back when the context closes.
 */
final class GovernedBeans implements BeanFactoryPostProcessor, DisposableBean {

  private final ConfigurableEnvironment environment;
  private SharedRuntime.@Nullable Lease lease;

  GovernedBeans(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
    if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
      return; // a build makes no calls
    }
    lease = SharedRuntime.lease(new SpringSettings(environment).read());
    if (factory instanceof AbstractAutowireCapableBeanFactory creating) {
      creating.setInstantiationStrategy(
          new WrapperInstantiation(creating.getInstantiationStrategy()));
    }
  }

  /** Bean factory post-processors are destroyed after the beans that make calls. */
  @Override
  public void destroy() {
    if (lease != null) {
      lease.close();
    }
  }
}
