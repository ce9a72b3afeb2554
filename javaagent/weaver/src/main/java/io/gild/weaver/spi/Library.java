package io.gild.weaver.spi;

import io.gild.weaver.ClassShape;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A library some of whose methods are woven, whoever uses them. */
public interface Library {

  /** Returns the internal names of types that hold such methods themselves. */
  Set<String> classes();

  /** Returns the internal names of types whose direct subtypes hold such methods. */
  Set<String> supertypes();

  /** Returns what happens at a method, or {@code null} if it is an ordinary one. */
  @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method);
}
