package io.gild.watching;

import io.gild.config.Journal;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.WeakKeys;
import io.gild.core.spi.Clock;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import io.gild.recording.Cassette;
import io.gild.recording.CassetteWriter;
import io.gild.recording.Scrubber;
import io.gild.weaver.ApplicationStack;
import io.gild.weaver.CallSite;
import io.gild.weaver.IgnoredClasses;
import io.gild.weaver.spi.Tape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answers of models and tools to a {@linkplain Cassette cassette}, without secrets.
 *
 * <p>Each line is written at once, when the request is over.
 */
public final class Recorder implements Tape, StageProvider {

  private static final int MOST_DEPTH = 100;

  private final Path file;
  private final ApplicationStack stack;
  private final Scrubber scrubber;
  private final CassetteWriter cassette;
  private final String session = UUID.randomUUID().toString().substring(0, 8);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger exchanges = new AtomicInteger();
  private final AtomicLong steps = new AtomicLong();
  private final CallStates<CallState> states =
      new CallStates<>(() -> new CallState(calls.incrementAndGet()));
  private final WeakKeys<Integer> open = new WeakKeys<>();
  private volatile boolean ended;

  /** An outermost call. */
  private static final class CallState {

    private final int number;
    private final Scrubber.Placeholders names = new Scrubber.Placeholders();

    CallState(int number) {
      this.number = number;
    }
  }

  /**
   * Creates a recorder.
   *
   * @param options what to record, and where
   * @param ignored decides which classes do not belong to the application
   */
  public Recorder(TapeOptions options, IgnoredClasses ignored) {
    this.stack = new ApplicationStack(ignored);
    this.file = options.file();
    this.scrubber = new Scrubber(options.patterns(), options.personal(), System.getenv());
    this.cassette =
        new CassetteWriter(
            file, options.mostBytes(), session, options.patterns(), options.personal());
  }

  @Override
  public boolean turns() {
    return true;
  }

  @Override
  public boolean replays() {
    return false;
  }

  @Override
  public Exchange begin(@Nullable AgentCall call, Asked asked) {
    try {
      return recording(call, asked);
    } catch (RuntimeException
        | StackOverflowError fault) { // such as a request that contains itself
      GildLog.faultOnce("Recording a request by " + asked.api(), fault);
      return Exchange.NONE;
    }
  }

  private Exchange recording(@Nullable AgentCall call, Asked asked) {
    CallState state =
        call == null
            ? new CallState(calls.incrementAndGet())
            : states.of(CallStates.outermost(call));
    int number = exchanges.incrementAndGet();
    int parent = 0;
    for (AgentCall around = call; around != null && parent == 0; around = around.parent()) {
      Integer known = asked.model() && around == call ? null : open.get(around);
      parent = known == null ? 0 : known;
    }
    if (call != null && asked.model()) {
      open.put(call, number);
    }
    return new Recording(state, number, parent, call, asked);
  }

  /** An exchange that is recorded. */
  private final class Recording extends Exchange {

    private final CallState state;
    private final Map<String, @Nullable Object> line = new LinkedHashMap<>();
    private final long start = System.nanoTime();
    private final List<Object> chunks = new ArrayList<>();
    private boolean over;

    Recording(CallState state, int number, int parent, @Nullable AgentCall call, Asked asked) {
      this.state = state;
      line.put("seq", number);
      line.put("session", session);
      line.put("call", state.number);
      line.put("agent", call == null ? "" : call.method().spec().agent());
      line.put("kind", asked.model() ? "model" : "tool");
      line.put("api", asked.api());
      if (!asked.library().isEmpty()) {
        line.put("library", asked.library());
      }
      line.put("begin", steps.incrementAndGet());
      line.put("end", 0);
      CallSite site =
          call != null && call.parent() == null && asked.model() ? stack.find(call) : null;
      if (site != null) {
        line.put("entry", site.entry().toString());
      }
      if (parent > 0) {
        line.put("parent", parent);
      }
      line.put("request", scrubber.scrub(asked.request(), state.names));
    }

    @Override
    public synchronized void answered(@Nullable Object response) {
      end("response", scrubber.scrub(response, state.names));
    }

    @Override
    public synchronized void chunk(Object chunk) {
      chunks.add(chunk);
    }

    @Override
    public synchronized void tokens(long input, long output) {
      line.put("input-tokens", input);
      line.put("output-tokens", output);
    }

    @Override
    public synchronized void completed() {
      end("response", null);
    }

    @Override
    public synchronized void failed(Throwable failure) {
      end("failure", scrubber.scrub(failure.toString(), state.names));
    }

    private void end(String key, @Nullable Object value) {
      if (over) {
        return;
      }
      over = true;
      line.put("end", steps.incrementAndGet());
      if (!chunks.isEmpty()) {
        line.put("chunks", scrubber.scrubChunks(chunks, state.names));
      }
      line.put(key, value);
      line.put("millis", (System.nanoTime() - start) / 1_000_000);
      write(line);
    }
  }

  @Override
  public Phase phase() {
    return Phase.OBSERVE;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    return context.spec().kind() == CallKind.AGENT ? new AgentStage() : null;
  }

  /** Records the arguments and the result of an outermost call. */
  private final class AgentStage extends Stage {

    @Override
    public boolean enter(AgentCall call) {
      if (call.parent() == null) {
        states.of(call);
      }
      return true;
    }

    @Override
    public boolean exit(AgentCall call) {
      if (call.parent() == null) {
        try {
          record(call);
        } catch (RuntimeException | StackOverflowError fault) {
          GildLog.faultOnce("Recording a call", fault);
        }
      }
      return false;
    }
  }

  private void record(AgentCall call) {
    CallState state = states.of(call);
    MethodSpec spec = call.method().spec();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("session", session);
    line.put("call", state.number);
    line.put("kind", "agent");
    line.put("agent", spec.agent());
    line.put("method", spec.className() + "#" + spec.methodName());
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Object argument : call.arguments()) {
      arguments.add(plain(argument, 0));
    }
    line.put("arguments", scrubber.scrub(arguments, state.names));
    Throwable failure = call.failure();
    if (failure == null) {
      line.put("answer", scrubber.scrub(plain(call.value(), 0), state.names));
    } else {
      line.put("failure", scrubber.scrub(failure.toString(), state.names));
    }
    line.put("input-tokens", call.facts().usage().inputTokens());
    line.put("output-tokens", call.facts().usage().outputTokens());
    Clock clock = call.method().runtime().clock();
    long millis = (clock.nanoTime() - call.startNanos()) / 1_000_000;
    line.put("at", clock.now().minusMillis(millis).toString());
    line.put("millis", millis);
    write(line);
  }

  /**
   * Values of other types are not written, because a golden task cannot contain them. Values that
   * are nested too deeply for the reader, or contain themselves, are not written either.
   */
  private static @Nullable Object plain(@Nullable Object value, int depth) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof CharSequence || value instanceof Enum<?>) {
      return value.toString();
    }
    if (value instanceof Collection<?> list && depth < MOST_DEPTH) {
      List<@Nullable Object> plain = new ArrayList<>();
      list.forEach(item -> plain.add(plain(item, depth + 1)));
      return plain;
    }
    if (value instanceof Map<?, ?> map && depth < MOST_DEPTH) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      map.forEach((key, item) -> plain.put(String.valueOf(key), plain(item, depth + 1)));
      return plain;
    }
    return Map.of("class", value.getClass().getName());
  }

  private void write(Map<String, @Nullable Object> line) {
    if (ended) {
      return;
    }
    try {
      if (!cassette.write(line)) {
        GildLog.infoOnce("The recording leaves out data that is nested too deeply for the reader.");
      }
    } catch (Journal.FullException full) {
      ended = true;
      GildLog.infoOnce(
          "The recording "
              + full.file()
              + " has reached "
              + full.maxBytes()
              + " bytes and ends here;"
              + " -Dgild.record.max-bytes allows more.");
    } catch (IOException | RuntimeException fault) {
      ended = true;
      GildLog.faultOnce("Recording to " + file, fault);
    }
  }
}
