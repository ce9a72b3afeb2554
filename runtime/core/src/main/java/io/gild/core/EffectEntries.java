package io.gild.core;

import io.gild.core.spi.EffectJournal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The entries of side effects in the journal of the work that they are a part of. */
final class EffectEntries {

  private EffectEntries() {}

  static String name(MethodSpec spec) {
    return spec.className() + "#" + spec.methodName() + spec.descriptor();
  }

  /** Begins an entry in the journal of the closest call around this one that has a journal. */
  static EffectJournal.@Nullable Entry begin(
      @Nullable AgentCall inner, String method, List<@Nullable Object> arguments) {
    for (AgentCall call = inner; call != null; call = call.parent()) {
      CallDetail detail = call.knownDetail();
      EffectJournal journal = detail == null ? null : detail.effects();
      if (journal != null) {
        return journal.begin(method, arguments);
      }
    }
    return null;
  }

  /** Runs the code of an effect that the javaagent governs, unless the journal has its result. */
  static @Nullable Object run(MethodSpec spec, Body body, @Nullable Object[] arguments)
      throws Throwable {
    List<@Nullable Object> given = new ArrayList<>();
    Collections.addAll(given, arguments);
    EffectJournal.Entry entry =
        begin(AgentCall.current(), name(spec), Collections.unmodifiableList(given));
    if (entry == null) {
      return body.run(arguments);
    }
    if (entry.isFinished()) {
      return entry.result();
    }
    try {
      Object result = body.run(arguments);
      return result instanceof CompletionStage<?> stage
          ? stage.whenComplete((value, failure) -> end(entry, value, failure))
          : end(entry, result, null);
    } catch (Throwable failure) {
      entry.failed();
      throw failure;
    }
  }

  static @Nullable Object end(
      EffectJournal.Entry entry, @Nullable Object result, @Nullable Throwable failure) {
    if (failure == null) {
      entry.finished(result);
    } else {
      entry.failed();
    }
    return result;
  }
}
