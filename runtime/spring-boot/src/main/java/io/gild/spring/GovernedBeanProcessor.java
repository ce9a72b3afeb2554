package io.gild.spring;

import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.core.Ordered;

/**
 * Governs beans that are not wrappers, such as those that a {@code @Bean} method makes with {@code
 * new}, by a proxy of Spring. Thread-safe.
 */
final class GovernedBeanProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

  private static final long serialVersionUID = 1L;

  private final transient GovernedTypes types = new GovernedTypes();
  private final boolean failsOnUngoverned;

  GovernedBeanProcessor(boolean failsOnUngoverned) {
    this.failsOnUngoverned = failsOnUngoverned;
    this.advisor = new GovernedAdvisor(types);
    setOrder(Ordered.LOWEST_PRECEDENCE);
  }

  /** The advice is nearest to the object, as the code of a wrapper is. */
  private static final class GovernedAdvisor extends StaticMethodMatcherPointcutAdvisor {

    private static final long serialVersionUID = 1L;

    private final transient GovernedTypes types;

    GovernedAdvisor(GovernedTypes types) {
      super(new GovernedInterceptor(types));
      this.types = types;
    }

    @Override
    public boolean matches(Method method, Class<?> target) {
      return types.owner(method, target) != null;
    }
  }

  @Override
  protected boolean isEligible(Object bean, String name) {
    Class<?> type = AopUtils.getTargetClass(bean);
    if (!isEligible(type)) {
      return false;
    }
    String wrong = wrongWith(type);
    if (wrong != null) {
      report(type, name, wrong);
    }
    return wrong == null;
  }

  /** The javaagent governs calls in place. */
  @Override
  protected boolean isEligible(Class<?> type) {
    return types.isUngoverned(type) && !GildRuntime.isAttached();
  }

  @Override
  protected ProxyFactory prepareProxyFactory(Object bean, String name) {
    ProxyFactory factory = super.prepareProxyFactory(bean, name);
    factory.setProxyTargetClass(!isClosed(bean.getClass()));
    return factory;
  }

  /** Returns why Spring can make no proxy that governs the bean, or {@code null} if it can. */
  private @Nullable String wrongWith(Class<?> type) {
    if (!isClosed(type)) {
      return null;
    }
    for (Class<?> each : type.getInterfaces()) {
      if (types.isUngoverned(each)) {
        return null; // a proxy of the interface governs it
      }
    }
    return type.isRecord() ? "is a record" : "is final";
  }

  private static boolean isClosed(Class<?> type) {
    return Modifier.isFinal(type.getModifiers()) || type.isHidden();
  }

  private void report(Class<?> type, String name, String wrong) {
    String message =
        "Bean \"%s\" is not governed: %s %s, so that no proxy can extend it. Open the class, or let the goal weave of gild-maven-plugin or the javaagent govern it in place."
            .formatted(name, type.getName(), wrong);
    if (failsOnUngoverned) {
      throw new BeanCreationException(name, message);
    }
    GildLog.infoOnce(message);
  }
}
