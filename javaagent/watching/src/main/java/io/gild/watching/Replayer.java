package io.gild.watching;

import io.gild.config.Cassette;
import io.gild.config.Json;
import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.weaver.spi.ReplayDiverged;
import io.gild.weaver.spi.Tape;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the answers of a {@linkplain Cassette cassette} to callers that ask the same again.
 *
 * <p>An outermost call follows the recorded call that began with the same request, exchange by
 * exchange. Exchanges that overlapped when they were recorded may come in any order.
 */
public final class Replayer implements Tape {

  private final String file;
  private final Cassette cassette;
  private final Scrubber scrubber;
  private final List<String> ignored;
  private final Set<Cassette.Call> used = new HashSet<>();
  private final CallStates<CallState> states = new CallStates<>(CallState::new);
  private final @Nullable String broken;

  /** Creates a replayer; if the cassette cannot be read, all requests are refused. */
  public Replayer(TapeOptions options) {
    this.file = String.valueOf(options.file());
    this.ignored = options.ignored();
    Cassette read = new Cassette(List.of(), List.of(), false);
    String problem = null;
    try {
      read = Cassette.read(file, Files.readString(options.file()));
    } catch (IOException missing) {
      problem = "cannot read the cassette " + file + ": " + missing.getMessage();
    } catch (IllegalArgumentException wrong) {
      problem = String.valueOf(wrong.getMessage());
    }
    if (problem != null) {
      GildLog.info("replay: " + problem);
    }
    this.broken = problem;
    this.cassette = read;
    this.scrubber = new Scrubber(read.patterns(), read.personal(), System.getenv());
  }

  @Override
  public boolean turns() {
    return true;
  }

  @Override
  public boolean replays() {
    return true;
  }

  @Override
  public synchronized Exchange begin(@Nullable AgentCall call, Asked asked) {
    String agent = call == null ? "" : call.method().spec().agent();
    if (broken != null) {
      throw new ReplayDiverged(agent, "replay: " + broken);
    }
    boolean ofAgent = call != null && CallStates.outermost(call) != call;
    boolean tool = call != null && !asked.model();
    Object key =
        call != null && (ofAgent || tool) ? CallStates.outermost(call) : Thread.currentThread();
    CallState state = states.of(key);
    try {
      return state.next(asked);
    } catch (Mismatch mismatch) {
      String message = "replay of " + file + ": " + mismatch.getMessage();
      state.end(key instanceof AgentCall ? message : null);
      GildLog.infoOnce(message);
      throw new ReplayDiverged(agent, message);
    }
  }

  /** There is no answer. */
  private static final class Mismatch extends Exception {

    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
      super(message);
    }
  }

  /** An outermost call on its way through a recorded one. */
  private final class CallState {

    private final Scrubber.Placeholders names = new Scrubber.Placeholders();
    private Cassette.@Nullable Call recorded;
    private final Set<Cassette.Exchange> open = new HashSet<>();
    private @Nullable String diverged;

    /** Lets nothing more of an agent's call be answered; a thread may go on to something else. */
    void end(@Nullable String message) {
      diverged = message;
      recorded = null;
    }

    Exchange next(Asked asked) throws Mismatch {
      String before = diverged;
      if (before != null) {
        throw new Mismatch(before.substring(before.indexOf(": ") + 2));
      }
      Object request = Json.read(Json.write(scrubber.scrub(asked.request(), names)));
      Cassette.Call call = recorded;
      if (call == null || open.isEmpty()) {
        call = choose(asked, request);
        recorded = call;
        open.clear();
        call.exchanges().stream().filter(each -> each.parent() == 0).forEach(open::add);
      }
      for (Cassette.Exchange exchange : possible(call, open)) {
        if (difference(exchange, asked, request) == null) {
          open.remove(exchange);
          return new Replayed(call, exchange);
        }
      }
      throw new Mismatch(described(possible(call, open).get(0), asked, request));
    }
  }

  /** Returns the recorded call that begins with a request, or else the one that is nearest. */
  private Cassette.Call choose(Asked asked, @Nullable Object request) throws Mismatch {
    Cassette.Call again = null;
    Cassette.Call nearest = null;
    int likeness = -1;
    String text = Json.write(request);
    for (Cassette.Call call : cassette.calls()) {
      for (Cassette.Exchange exchange : possible(call, new HashSet<>(call.exchanges()))) {
        if (difference(exchange, asked, request) == null) {
          if (used.add(call)) {
            return call;
          }
          again = call;
        }
        int common =
            Divergence.common(Json.write(exchange.request()), text)
                + (kind(asked) == exchange.kind() ? text.length() : 0);
        if (common > likeness) {
          likeness = common;
          nearest = call;
        }
      }
    }
    Cassette.Call chosen = again == null ? nearest : again;
    if (chosen == null) {
      throw new Mismatch("it holds no exchange, asked " + what(asked));
    }
    return chosen;
  }

  private static Cassette.Kind kind(Asked asked) {
    return asked.model() ? Cassette.Kind.MODEL : Cassette.Kind.TOOL;
  }

  /** Returns the open exchanges that none which is open had to end before. */
  private static List<Cassette.Exchange> possible(Cassette.Call call, Set<Cassette.Exchange> open) {
    List<Cassette.Exchange> possible = new ArrayList<>();
    for (Cassette.Exchange exchange : call.exchanges()) {
      if (exchange.parent() == 0
          && open.contains(exchange)
          && open.stream()
              .noneMatch(other -> other.parent() == 0 && other.end() < exchange.begin())) {
        possible.add(exchange);
      }
    }
    return possible;
  }

  /** Returns what differs; null if nothing does. */
  private @Nullable Object difference(
      Cassette.Exchange exchange, Asked asked, @Nullable Object request) {
    if (exchange.kind() != kind(asked)) {
      return asked.api();
    }
    return Divergence.find(exchange.request(), request, ignored);
  }

  private String described(Cassette.Exchange exchange, Asked asked, @Nullable Object request) {
    Object difference = difference(exchange, asked, request);
    String place = "exchange " + exchange.number() + ": ";
    return difference instanceof Divergence
        ? place + difference
        : place + "recorded " + what(exchange) + ", asked " + what(asked);
  }

  private static String what(Asked asked) {
    return asked.model() ? "a model by " + asked.api() : tool(asked.request());
  }

  private static String what(Cassette.Exchange exchange) {
    return exchange.kind() == Cassette.Kind.MODEL
        ? "a model by " + exchange.api()
        : tool(exchange.request());
  }

  private static String tool(Map<?, ?> request) {
    return "the tool " + request.get("tool");
  }

  /** An exchange that is answered. */
  private static final class Replayed extends Exchange {

    private final Cassette.Exchange recorded;
    private final List<Cassette.Exchange> inner = new ArrayList<>();

    Replayed(Cassette.Call call, Cassette.Exchange recorded) {
      this.recorded = recorded;
      for (Cassette.Exchange each : call.exchanges()) {
        if (each.parent() == recorded.number() && each.kind() == Cassette.Kind.TOOL) {
          inner.add(each);
        }
      }
    }

    @Override
    public @Nullable Object response() {
      return response(recorded);
    }

    private static @Nullable Object response(Cassette.Exchange exchange) {
      if (exchange.failure() != null) {
        throw new RecordedFailure(exchange.failure());
      }
      return exchange.response();
    }

    @Override
    public List<?> pieces() {
      if (recorded.failure() != null && recorded.chunks().isEmpty()) {
        throw new RecordedFailure(recorded.failure());
      }
      return recorded.chunks();
    }

    @Override
    @SuppressWarnings("unchecked") // the keys of JSON are texts
    public List<Asked> inner() {
      List<Asked> all = new ArrayList<>();
      for (Cassette.Exchange each : inner) {
        all.add(new Asked(false, each.api(), "", (Map<String, ?>) each.request()));
      }
      return all;
    }

    @Override
    public @Nullable Object innerResponse(int index) {
      return response(inner.get(index));
    }
  }
}
