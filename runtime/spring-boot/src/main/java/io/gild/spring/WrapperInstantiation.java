package io.gild.spring;

import io.gild.core.Governed;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.InstantiationStrategy;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ClassUtils;

/**
 * Creates the generated wrapper where a bean factory would create its agent.
 *
 * <p>The factory resolves constructor, qualifiers and values on the agent itself, whose wrapper has
 * the same constructors. Thread-safe.
 */
final class WrapperInstantiation implements InstantiationStrategy {

  private final InstantiationStrategy strategy;
  private final Map<Class<?>, Optional<Class<?>>> wrappers = new ConcurrentHashMap<>();

  WrapperInstantiation(InstantiationStrategy strategy) {
    this.strategy = strategy;
  }

  @Override
  public Object instantiate(
      RootBeanDefinition definition, @Nullable String name, BeanFactory factory) {
    Constructor<?> constructor =
        definition.hasBeanClass() ? constructor(definition, definition.getBeanClass()) : null;
    return constructor == null
        ? strategy.instantiate(definition, name, factory)
        : strategy.instantiate(definition, name, factory, constructor);
  }

  @Override
  public Object instantiate(
      RootBeanDefinition definition,
      @Nullable String name,
      BeanFactory factory,
      Constructor<?> constructor,
      Object... arguments) {
    Constructor<?> wrapping =
        constructor(definition, constructor.getDeclaringClass(), constructor.getParameterTypes());
    return strategy.instantiate(
        definition, name, factory, wrapping == null ? constructor : wrapping, arguments);
  }

  @Override
  public Object instantiate(
      RootBeanDefinition definition,
      @Nullable String name,
      BeanFactory factory,
      @Nullable Object factoryBean,
      Method method,
      @Nullable Object... arguments) {
    return strategy.instantiate(definition, name, factory, factoryBean, method, arguments);
  }

  @Override
  public Class<?> getActualBeanClass(
      RootBeanDefinition definition, @Nullable String name, BeanFactory factory) {
    return strategy.getActualBeanClass(definition, name, factory);
  }

  /** Returns the wrapper's constructor, or {@code null} to create the agent itself. */
  private @Nullable Constructor<?> constructor(
      RootBeanDefinition definition, Class<?> agent, Class<?>... parameters) {
    if (definition.hasMethodOverrides() || GovernedTypes.isForeign(agent)) {
      return null;
    }
    Class<?> wrapper = wrappers.computeIfAbsent(agent, WrapperInstantiation::find).orElse(null);
    try {
      return wrapper == null ? null : wrapper.getDeclaredConstructor(parameters);
    } catch (NoSuchMethodException absent) {
      return null; // a private constructor; the bean post-processor governs the bean
    }
  }

  private static Optional<Class<?>> find(Class<?> agent) {
    String name = ClassUtils.getPackageName(agent);
    String simple = agent.getName().substring(name.isEmpty() ? 0 : name.length() + 1);
    String wrapper = (name.isEmpty() ? "" : name + ".") + simple.replace('$', '_') + "_Gild";
    try {
      Class<?> found = Class.forName(wrapper, false, agent.getClassLoader());
      boolean fits = Governed.class.isAssignableFrom(found) && found.getSuperclass() == agent;
      return fits ? Optional.of(found) : Optional.empty();
    } catch (ClassNotFoundException | LinkageError absent) {
      return Optional.empty();
    }
  }
}
