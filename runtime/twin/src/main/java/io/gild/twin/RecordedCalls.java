package io.gild.twin;

import io.gild.config.Json;
import io.gild.config.PolicyTree;
import io.gild.config.Usage;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.MethodSpec;
import io.gild.core.ResultShape;
import io.gild.recording.Cassette;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The calls of one agent in a cassette. */
final class RecordedCalls {

  /** The one key of an argument that the recording does not hold. */
  private static final Set<String> CLASS = Set.of("class");

  private static final String TEXT = "Ljava/lang/String;";
  private static final String OBJECT = "Ljava/lang/Object;";

  private final List<RecordedCall> calls = new ArrayList<>();
  private final List<MethodSpec> specs;
  private int opaque;
  private int borrowed;
  private int withoutTokens;
  private int withoutTime;

  RecordedCalls(Cassette cassette, String agent, Collection<MethodSpec> known) {
    List<Cassette.Call> own =
        cassette.calls().stream()
            .filter(call -> call.agent().equals(agent) && !call.method().isEmpty())
            .sorted(Comparator.comparing(RecordedCalls::began)) // stable
            .toList();
    this.specs = specs(own, known);
    Map<String, Cassette.Call> asked = new HashMap<>();
    for (Cassette.Call call : own) {
      if (!call.exchanges().isEmpty()) {
        asked.putIfAbsent(question(call), call);
      }
    }
    own.forEach(call -> add(call, asked.getOrDefault(question(call), call)));
  }

  /** A call without a time keeps its place only if none has one. */
  private static Instant began(Cassette.Call call) {
    Instant at = call.at();
    return at == null ? Instant.EPOCH : at;
  }

  private static String question(Cassette.Call call) {
    return call.method() + Json.write(call.arguments());
  }

  /** Adds a call; one that a cache answered takes requests and time from an equal one. */
  private void add(Cassette.Call call, Cassette.Call asked) {
    boolean cached = call.exchanges().isEmpty() && !asked.exchanges().isEmpty();
    Cassette.Call measured = cached && call.failure() == null ? asked : call;
    borrowed += measured == call ? 0 : 1;
    withoutTime += call.at() == null ? 1 : 0;
    List<RecordedCall.Request> requests = new ArrayList<>();
    for (Cassette.Exchange each : measured.exchanges()) {
      if (each.kind() == Cassette.Kind.MODEL && each.failure() == null) {
        Usage usage = Usage.of(each.inputTokens(), each.outputTokens());
        withoutTokens += usage.equals(Usage.NONE) ? 1 : 0;
        requests.add(new RecordedCall.Request(CassetteFacts.model(each), usage));
      }
    }
    calls.add(
        new RecordedCall(
            calls.size() + 1,
            call.method(),
            arguments(call),
            call.answer(),
            call.failure(),
            call.at(),
            millis(measured),
            List.copyOf(requests)));
  }

  private List<@Nullable Object> arguments(Cassette.Call call) {
    List<@Nullable Object> arguments = new ArrayList<>();
    boolean unknown = false;
    for (Object argument : call.arguments()) {
      boolean hidden = argument instanceof Map<?, ?> map && map.keySet().equals(CLASS);
      arguments.add(hidden ? new Object() : argument);
      unknown |= hidden;
    }
    opaque += unknown ? 1 : 0;
    return arguments;
  }

  /** Returns the recorded time, or else the time of the exchanges that did not overlap. */
  private static long millis(Cassette.Call call) {
    if (call.millis() >= 0) {
      return call.millis();
    }
    long sum = 0;
    long longest = 0;
    long end = -1;
    for (Cassette.Exchange each : call.exchanges()) {
      if (each.parent() == 0) {
        if (each.begin() > end) {
          sum += longest;
          longest = 0;
        }
        longest = Math.max(longest, Math.max(0, each.millis()));
        end = Math.max(end, each.end());
      }
    }
    return sum + longest;
  }

  /** Describes the recorded methods that are not known. */
  static List<MethodSpec> specs(List<Cassette.Call> calls, Collection<MethodSpec> known) {
    Map<String, MethodSpec> specs = new TreeMap<>();
    known.forEach(spec -> specs.putIfAbsent(name(spec), spec));
    Map<String, List<Cassette.Call>> byMethod = new LinkedHashMap<>();
    for (Cassette.Call call : calls) {
      if (call.method().indexOf('#') > 0) {
        byMethod.computeIfAbsent(call.method(), none -> new ArrayList<>()).add(call);
      }
    }
    byMethod.forEach((method, own) -> specs.computeIfAbsent(method, name -> derived(name, own)));
    return List.copyOf(specs.values());
  }

  static String name(MethodSpec spec) {
    return spec.className() + "#" + spec.methodName();
  }

  private static MethodSpec derived(String method, List<Cassette.Call> calls) {
    int hash = method.indexOf('#');
    StringBuilder descriptor = new StringBuilder("(");
    List<MethodSpec.Parameter> parameters = new ArrayList<>();
    int count = calls.get(0).arguments().size();
    for (int i = 0; i < count; i++) {
      int index = i;
      String type =
          type(
              calls.stream()
                  .filter(call -> call.arguments().size() > index)
                  .<@Nullable Object>map(call -> call.arguments().get(index))
                  .toList());
      descriptor.append(type);
      parameters.add(
          new MethodSpec.Parameter(
              "arg" + i,
              type.substring(1, type.length() - 1).replace('/', '.'),
              MethodSpec.Role.NONE));
    }
    descriptor.append(')').append(type(calls.stream().map(Cassette.Call::answer).toList()));
    return new MethodSpec(
        CallKind.AGENT,
        calls.get(0).agent(),
        "",
        method.substring(0, hash),
        method.substring(hash + 1),
        descriptor.toString(),
        parameters,
        Effect.NONE,
        PolicyTree.empty());
  }

  private static String type(List<? extends @Nullable Object> values) {
    return values.stream().allMatch(value -> value == null || value instanceof String)
        ? TEXT
        : OBJECT;
  }

  /** Returns the same method as one that returns its answer at once. */
  static MethodSpec returning(MethodSpec spec) {
    String descriptor = spec.descriptor();
    boolean late =
        MethodSpec.isSuspending(descriptor)
            || ResultShape.of(descriptor) == ResultShape.FUTURE
            || ResultShape.of(descriptor) == ResultShape.STREAM;
    return new MethodSpec(
        spec.kind(),
        spec.agent(),
        spec.version(),
        spec.className(),
        spec.methodName(),
        late ? descriptor.substring(0, descriptor.indexOf(')') + 1) + OBJECT : descriptor,
        spec.parameters(),
        spec.effect(),
        spec.declared(),
        spec.wrapped());
  }

  List<RecordedCall> calls() {
    return calls;
  }

  List<MethodSpec> specs() {
    return specs;
  }

  /** Says what the recording does not hold, and what the simulation does about it. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    note(
        notes,
        withoutTime,
        "%d calls have no recorded time: each begins when the one before it ends.");
    note(
        notes,
        opaque,
        "%d calls have arguments that the recording does not hold: no cache answers them.");
    note(
        notes,
        borrowed,
        "%d calls asked no model when they were recorded; tokens and time are those of an equal call that did.");
    note(
        notes,
        withoutTokens,
        "%d requests reported no tokens when they were recorded: they cost nothing here.");
    return notes;
  }

  private static void note(List<String> notes, int count, String text) {
    if (count > 0) {
      notes.add(text.formatted(count));
    }
  }
}
