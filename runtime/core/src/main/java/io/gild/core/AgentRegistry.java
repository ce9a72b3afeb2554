package io.gild.core;

import org.jspecify.annotations.Nullable;

/** Reads what the compiler wrote about the agents of a class loader. */
final class AgentRegistry {

  private AgentRegistry() {}

  static @Nullable MethodSpec find(Class<?> owner, String name, String descriptor) {
    return null;
  }
}
