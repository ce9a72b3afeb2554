package io.gild.weaver.spi;

import io.gild.weaver.ClassShape;
import org.jspecify.annotations.Nullable;

/** A library some of whose methods are woven for all their callers. */
public interface Library {

  /**
   * Returns what happens at a method, or {@code null} if it is an ordinary one.
   *
   * @param shape a class that {@linkplain LibraryProvider the provider} named, or a direct subtype
   *     of one that it named
   * @param method one of its methods
   */
  @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method);
}
