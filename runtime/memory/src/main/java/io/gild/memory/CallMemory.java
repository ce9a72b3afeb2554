package io.gild.memory;

import io.gild.config.Json;
import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Role;
import io.gild.core.PlainValues;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.StageContext;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Reads from a call what memory needs: prompt, answer, tenant, session. */
final class CallMemory {

  private final MethodSpec spec;
  private final RuntimeScope runtime;
  private final int prompt;

  CallMemory(StageContext context) {
    this.spec = context.spec();
    this.runtime = context.runtime();
    this.prompt = spec.promptIndex();
  }

  boolean hasPrompt() {
    return prompt >= 0;
  }

  MethodSpec spec() {
    return spec;
  }

  AgentMemory memory() {
    return AgentMemory.of(runtime);
  }

  RuntimeScope runtime() {
    return runtime;
  }

  /** Returns the prompt; empty if it is absent. */
  String prompt(AgentCall call) {
    return text(call.argument(prompt));
  }

  MemoryOwner owner(AgentCall call) {
    return new MemoryOwner(text(argument(call, Role.TENANT)), spec.agent(), "");
  }

  /** Returns the id of the session of the call or of one around it; empty if there is none. */
  String session(AgentCall call) {
    return text(argument(call, Role.SESSION));
  }

  /** Returns the argument with a role, of the call or of the nearest one around it. */
  private static @Nullable Object argument(AgentCall call, Role role) {
    for (AgentCall each = call; each != null; each = each.parent()) {
      int index = each.method().spec().indexOf(role);
      if (index >= 0) {
        return each.argument(index);
      }
    }
    return null;
  }

  /** Returns a value as text: texts as they are, other values as JSON; empty for what is none. */
  static String text(@Nullable Object value) {
    if (value == null || isStream(value)) {
      return "";
    }
    return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : Json.write(PlainValues.of(value));
  }

  static boolean isStream(@Nullable Object value) {
    return value instanceof BaseStream
        || value instanceof Flow.Publisher
        || value instanceof Iterator;
  }

  /**
   * Gives texts to a parameter, or to the models that the call asks if there is none. If they
   * cannot be found, a parameter that the caller left out is empty.
   */
  static void give(
      String what,
      AgentCall call,
      @Nullable FilledParameter parameter,
      String title,
      Supplier<List<String>> texts) {
    quietly(
        what,
        () -> {
          List<String> found = texts.get();
          if (parameter != null) {
            call.argument(parameter.index(), parameter.value(found));
          } else if (!found.isEmpty()) {
            call.instruct(title + "\n" + String.join("\n", found));
          }
        });
    if (parameter != null && call.argument(parameter.index()) == null) {
      call.argument(parameter.index(), parameter.value(List.of()));
    }
  }

  static boolean takes(String type) {
    return type.equals("java.lang.String") || type.equals("java.util.List");
  }

  /** Runs what must not break the call. */
  static void quietly(String what, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      GildLog.faultOnce(what, failure);
    }
  }
}
