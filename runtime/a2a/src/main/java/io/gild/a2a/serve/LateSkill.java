package io.gild.a2a.serve;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A skill whose object and method are found when a message comes. Thread-safe. */
@Experimental
@FunctionalInterface
public interface LateSkill {

  /**
   * What answers a message.
   *
   * @param object the object, or {@code null} if the method is static
   * @param method the method; it must be accessible to the caller, or its package open
   * @param parameters what is known of its parameters, one for each
   */
  record Found(@Nullable Object object, Method method, List<MethodSpec.Parameter> parameters) {

    /** Copies the list. */
    public Found {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * Finds the object and the method.
   *
   * @return what answers now
   * @throws SkillUnavailable if nothing does; the task fails, and the client gets its message
   */
  Found find() throws SkillUnavailable;
}
