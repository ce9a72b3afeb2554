package io.gild.a2a.serve;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aPart;
import io.gild.a2a.ReportedUsage;
import io.gild.a2a.server.A2aExchange;
import io.gild.a2a.server.A2aHandler;
import io.gild.config.Suggestions;
import io.gild.core.CallRefused;
import io.gild.core.GildLog;
import io.gild.core.PlainValues;
import io.gild.core.TraceHeaders;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers messages with methods. */
final class SkillHandler implements A2aHandler {

  private static final List<String> SKILL_KEYS = List.of("skill", "skillId", "skill_id");
  private static final String RESULT = "result";

  private final Map<String, LateSkill> skills;

  /**
   * Creates a handler.
   *
   * @param skills the skills by their ids; the first one is for messages that name none
   */
  SkillHandler(Map<String, LateSkill> skills) {
    this.skills = new LinkedHashMap<>(skills);
  }

  @Override
  public void handle(A2aExchange exchange) {
    TraceHeaders.within(name -> contextOrNull(exchange, name), () -> answer(exchange));
  }

  /** The metadata of the message comes from its sender, the headers perhaps from a proxy. */
  private static @Nullable String contextOrNull(A2aExchange exchange, String name) {
    return exchange.metadata().get(name) instanceof String text ? text : exchange.header(name);
  }

  private void answer(A2aExchange exchange) {
    try {
      String id = skill(exchange);
      LateSkill.Found found = Objects.requireNonNull(skills.get(id)).find();
      SkillMethod skill = new SkillMethod(id, found.method(), found.parameters());
      exchange.working();
      SkillUsage usage = new SkillUsage(exchange.extensions().contains(ReportedUsage.URI));
      answer(exchange, usage, usage.of(id, () -> skill.call(found.object(), exchange)));
    } catch (SkillUnavailable none) {
      exchange.fail(A2aMessage.ofAgent(String.valueOf(none.getMessage())));
    } catch (UnfitMessage unfit) {
      exchange.reject(A2aMessage.ofAgent(String.valueOf(unfit.getMessage())));
    } catch (Throwable failure) {
      fail(exchange, failure);
    }
  }

  private String skill(A2aExchange exchange) {
    for (String key : SKILL_KEYS) {
      Object named = exchange.message().metadata().get(key);
      Object name = named == null ? exchange.metadata().get(key) : named;
      if (name != null) {
        if (!skills.containsKey(String.valueOf(name))) {
          throw new UnfitMessage(
              "The agent has no skill \""
                  + name
                  + "\", only "
                  + skills.keySet()
                  + "."
                  + Suggestions.didYouMean(String.valueOf(name), skills.keySet()));
        }
        return String.valueOf(name);
      }
    }
    return skills.keySet().iterator().next();
  }

  private static void answer(A2aExchange exchange, SkillUsage usage, @Nullable Object result) {
    if (result instanceof CompletionStage<?> stage) {
      exchange.onCancel(() -> stage.toCompletableFuture().cancel(true));
      exchange.continueAsync();
      stage.whenComplete((value, failure) -> {
        if (failure == null) {
          complete(exchange, usage, value);
        } else {
          fail(exchange, failure);
        }
      });
    } else if (result instanceof Flow.Publisher<?> publisher) {
      exchange.continueAsync();
      publisher.subscribe(new ChunkSubscriber(exchange));
    } else if (result instanceof Stream<?> stream) {
      try (stream) {
        chunks(exchange, stream.iterator());
      }
    } else if (result instanceof Iterator<?> iterator) {
      chunks(exchange, iterator);
    } else {
      complete(exchange, usage, result);
    }
  }

  private static void chunks(A2aExchange exchange, Iterator<?> values) {
    boolean first = true;
    while (values.hasNext() && !exchange.isEnded()) {
      A2aPart part = part(values.next());
      exchange.artifact(A2aArtifact.of(RESULT, List.of(part)), !first, !values.hasNext());
      first = false;
    }
    exchange.complete(null);
  }

  private static void complete(A2aExchange exchange, SkillUsage usage, @Nullable Object value) {
    if (value != null) {
      List<A2aPart> parts = List.of(part(value));
      exchange.artifact(
          new A2aArtifact(RESULT, null, null, parts, usage.metadata(), usage.extensions()));
    }
    exchange.complete(null);
  }

  /** Returns a text as such, and any other value as JSON. */
  static A2aPart part(@Nullable Object value) {
    if (value instanceof CharSequence text) {
      return A2aPart.text(text.toString());
    }
    Object plain = PlainValues.of(value);
    if (plain instanceof Map<?, ?>) {
      return A2aPart.data(plain);
    }
    Map<String, @Nullable Object> wrapped = new LinkedHashMap<>();
    wrapped.put(RESULT, plain);
    return A2aPart.data(wrapped);
  }

  /** The client learns which policy refused a call, and nothing of other failures. */
  static void fail(A2aExchange exchange, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof CallRefused refused) {
      exchange.fail(A2aMessage.ofAgent(String.valueOf(refused.getMessage())));
      return;
    }
    GildLog.infoOnce("A served agent failed with a " + cause.getClass().getName());
    exchange.fail(A2aMessage.ofAgent("The agent failed."));
  }
}
