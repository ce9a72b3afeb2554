package io.gild.evaluation;

import io.gild.core.TypedValues;
import io.gild.evaluation.spi.GoldenRun;
import io.gild.golden.DeclaredAgent.DeclaredMethod;
import io.gild.golden.DeclaredAgent.DeclaredParameter;
import io.gild.golden.GoldenInput;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the plain values of golden tasks into arguments. */
final class Arguments {

  private Arguments() {}

  /**
   * Makes the arguments of a call.
   *
   * @throws IllegalArgumentException if a value does not fit
   */
  static @Nullable Object[] of(
      DeclaredMethod declared, Type[] types, GoldenInput input, GoldenRun run) {
    Map<String, @Nullable Object> values;
    try {
      values = input.arrange(declared.parameters(), declared.toString());
    } catch (GoldenInput.Mismatch mismatch) {
      throw new IllegalArgumentException("the input " + mismatch.getMessage());
    }
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      DeclaredParameter parameter = declared.parameters().get(i);
      Object value = values.get(parameter.name());
      if (!values.containsKey(parameter.name()) && parameter.role().equals("session")) {
        value = run.session();
      }
      try {
        arguments[i] = TypedValues.convert(value, types[i]);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "parameter " + parameter.name() + ": " + e.getMessage(), e);
      }
    }
    return arguments;
  }
}
