package io.gild.a2a.serve;

import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.server.A2aExchange;
import io.gild.config.Json;
import io.gild.config.Suggestions;
import io.gild.core.MethodSpec;
import io.gild.core.TypedValues;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method that answers messages.
 *
 * @param id identifier of the skill
 * @param method the method
 * @param parameters its parameters; one for each
 */
record SkillMethod(String id, Method method, List<MethodSpec.Parameter> parameters) {

  SkillMethod {
    parameters = List.copyOf(parameters);
    method.setAccessible(true);
  }

  /**
   * Calls the method.
   *
   * @throws UnfitMessage if the message is not one for this method
   * @throws Exception what the method threw
   */
  @Nullable Object call(@Nullable Object target, A2aExchange exchange) throws Exception {
    @Nullable Object[] arguments = arguments(exchange);
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (thrown.getCause() instanceof Error error) {
        throw error;
      }
      throw thrown;
    }
  }

  private @Nullable Object[] arguments(A2aExchange exchange) {
    Map<String, @Nullable Object> given = given(exchange.message());
    Type[] types = method.getGenericParameterTypes();
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = argument(parameters.get(i), types[i], given, exchange);
    }
    return arguments;
  }

  private @Nullable Object argument(
      MethodSpec.Parameter parameter,
      Type type,
      Map<String, @Nullable Object> given,
      A2aExchange exchange) {
    String name = parameter.name();
    Object value =
        switch (parameter.role()) {
          case TENANT -> exchange.tenant(); // the client's own; a message must not name another
          case SESSION -> given.containsKey(name) ? given.get(name) : exchange.contextId();
          case USER, MODEL, RECALL, EXPERIENCE -> given.get(name);
          case PROMPT, NONE -> required(name, given);
        };
    try {
      return TypedValues.convert(value, type);
    } catch (IllegalArgumentException e) {
      throw new UnfitMessage("The argument " + name + " does not fit: " + e.getMessage() + ".");
    }
  }

  private @Nullable Object required(String name, Map<String, @Nullable Object> given) {
    if (!given.containsKey(name)) {
      throw new UnfitMessage(
          "The skill "
              + id
              + " needs the argument "
              + name
              + "; the message has "
              + given.keySet()
              + ".");
    }
    return given.get(name);
  }

  /** Returns the arguments of a message by their names. */
  private Map<String, @Nullable Object> given(A2aMessage message) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    List<String> texts = new ArrayList<>();
    for (A2aPart part : message.parts()) {
      if (part instanceof A2aPart.Text text) {
        texts.add(text.text());
      } else if (part instanceof A2aPart.Data data) {
        add(data.data(), given);
      } else {
        throw new UnfitMessage("The skill " + id + " takes texts and data, and no files.");
      }
    }
    String text = String.join("\n", texts);
    if (!texts.isEmpty()) {
      addText(text, given);
    }
    return given;
  }

  private void addText(String text, Map<String, @Nullable Object> given) {
    for (MethodSpec.Parameter parameter : parameters) {
      if (parameter.role() == MethodSpec.Role.PROMPT) {
        given.putIfAbsent(parameter.name(), text);
        return;
      }
    }
    List<MethodSpec.Parameter> open =
        parameters.stream()
            .filter(each -> each.role() == MethodSpec.Role.NONE && !given.containsKey(each.name()))
            .toList();
    if (text.stripLeading().startsWith("{")) {
      try {
        add(Json.read(text), given);
        return;
      } catch (IllegalArgumentException noJson) {
        // so it is the text of the one argument
      }
    }
    if (open.size() == 1) {
      given.put(open.get(0).name(), text);
    } else {
      throw new UnfitMessage(
          "The skill " + id + " takes JSON with " + names() + ", and the message is a text.");
    }
  }

  private void add(@Nullable Object data, Map<String, @Nullable Object> given) {
    if (!(data instanceof Map<?, ?> named)) {
      throw new UnfitMessage("The data of a message must be an object with " + names() + ".");
    }
    if (takesAnyData() && !named.containsKey(names().get(0))) {
      given.put(names().get(0), named);
      return;
    }
    named.forEach((key, value) -> {
      String name = String.valueOf(key);
      if (!names().contains(name)) {
        throw new UnfitMessage(
            "The skill "
                + id
                + " has no argument \""
                + name
                + "\", only "
                + names()
                + "."
                + Suggestions.didYouMean(name, names()));
      }
      given.put(name, value);
    });
  }

  /** Returns whether the only argument is a map, which is then the data itself. */
  private boolean takesAnyData() {
    return parameters.size() == 1 && method.getParameterTypes()[0] == Map.class;
  }

  private List<String> names() {
    return parameters.stream()
        .filter(each -> each.role() != MethodSpec.Role.TENANT)
        .map(MethodSpec.Parameter::name)
        .toList();
  }
}
