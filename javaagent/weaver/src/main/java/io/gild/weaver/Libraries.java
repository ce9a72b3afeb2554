package io.gild.weaver;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of model libraries that are woven, whoever uses them. */
interface Libraries {

  /** Returns the internal names of types that hold such methods themselves. */
  Set<String> classes();

  /** Returns the internal names of interfaces whose implementations hold such methods. */
  Set<String> interfaces();

  /** Returns what happens at a method, or {@code null} if it is an ordinary one. */
  @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method);
}
