package io.gild.weaver.spi;

import io.gild.weaver.ClassShape;
import org.jspecify.annotations.Nullable;

/** A library some of whose methods are woven for all their callers. */
public interface Library {

  /**
   * Returns the join point of a method, or {@code null} if it is not woven.
   *
   * @param shape a class that {@linkplain LibraryProvider the provider} names, or a direct subtype
   *     of one
   * @param method one of its methods
   */
  @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method);
}
