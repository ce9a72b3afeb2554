package io.gild.smoke;

import io.gild.core.MethodSpec;
import io.gild.core.TypedValues;
import io.gild.golden.DeclaredAgent.DeclaredParameter;
import io.gild.golden.GoldenInput;
import io.gild.versions.TrialMethod;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes the arguments of a golden task for an agent in this JVM. A session and a tenant that the
 * task does not name are made up, so that they are no caller's.
 */
final class TrialArguments {

  private static final String MADE_UP = "gild-golden-";

  private TrialArguments() {}

  /**
   * Makes the arguments of one call.
   *
   * @throws LeftOutException if the input does not fit the method
   */
  static @Nullable Object[] of(TrialMethod method, GoldenInput input) throws LeftOutException {
    List<DeclaredParameter> parameters = parameters(method);
    String name = method.spec().methodName();
    Map<String, @Nullable Object> values;
    try {
      values = input.arrange(parameters, name);
    } catch (GoldenInput.Mismatch mismatch) {
      throw new LeftOutException("the input " + mismatch.getMessage());
    }
    Type[] types = method.method().getGenericParameterTypes();
    @Nullable Object[] arguments = new @Nullable Object[parameters.size()];
    for (int i = 0; i < arguments.length; i++) {
      DeclaredParameter parameter = parameters.get(i);
      Object value =
          values.containsKey(parameter.name())
              ? values.get(parameter.name())
              : madeUp(parameter.role());
      try {
        arguments[i] = TypedValues.convert(value, types[i]);
      } catch (IllegalArgumentException wrong) {
        throw new LeftOutException(
            "parameter " + parameter.name() + " of " + name + ": " + wrong.getMessage());
      }
    }
    return arguments;
  }

  private static @Nullable String madeUp(String role) {
    return switch (role) {
      case "session" -> MADE_UP + UUID.randomUUID();
      case "tenant" -> MADE_UP + "tenant";
      default -> null;
    };
  }

  private static List<DeclaredParameter> parameters(TrialMethod method) {
    List<MethodSpec.Parameter> known = method.spec().parameters();
    Parameter[] own = method.method().getParameters();
    List<DeclaredParameter> parameters = new ArrayList<>();
    for (int i = 0; i < own.length; i++) {
      boolean described = known.size() == own.length;
      parameters.add(
          new DeclaredParameter(
              described ? known.get(i).name() : own[i].getName(),
              own[i].getType().getName(),
              described ? known.get(i).role().name().toLowerCase(Locale.ROOT) : "none"));
    }
    return parameters;
  }
}
