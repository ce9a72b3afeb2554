package io.gild.recording;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the recorded exchange for a repeated request.
 *
 * <p>An outermost call follows the recorded call that began with the same request, exchange by
 * exchange. Exchanges that overlapped when they were recorded may come in any order. Not
 * thread-safe.
 */
@Experimental
public final class Playback {

  private final Cassette cassette;
  private final Scrubber scrubber;
  private final List<String> ignored;
  private final Set<Cassette.Call> used = new HashSet<>();

  /**
   * Creates a playback.
   *
   * @param cassette the cassette to play
   * @param ignored JSON pointers of values that may differ; {@code *} matches any one name or index
   */
  public Playback(Cassette cassette, List<String> ignored) {
    this.cassette = cassette;
    this.scrubber = new Scrubber(cassette.patterns(), cassette.personal(), System.getenv());
    this.ignored = List.copyOf(ignored);
  }

  /**
   * A repeated request.
   *
   * @param kind a model or a tool
   * @param api the method of the library, or the class of its tools
   * @param request the request, as plain values
   */
  public record Asked(Cassette.Kind kind, String api, @Nullable Object request) {}

  /**
   * A recorded exchange that answers a request.
   *
   * @param call the call that contains the exchange
   * @param exchange the exchange
   */
  public record Match(Cassette.Call call, Cassette.Exchange exchange) {}

  /** The recording has no answer to a request; the message names the first difference. */
  public static final class Mismatch extends Exception {

    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
      super(message);
    }
  }

  /**
   * Begins an outermost call.
   *
   * @return its course through the recording
   */
  public Course begin() {
    return new Course();
  }

  /** The course of an outermost call through a recorded one. */
  public final class Course {

    private final Scrubber.Placeholders names = new Scrubber.Placeholders();
    private final Set<Cassette.Exchange> open = new HashSet<>();
    private Cassette.@Nullable Call recorded;
    private @Nullable String diverged;

    private Course() {}

    /**
     * Returns the exchange that answers a request.
     *
     * @param asked the request
     * @return the exchange, which is not returned again
     * @throws Mismatch if there is no such exchange, or the course was {@linkplain #stop stopped}
     *     before
     */
    public Match next(Asked asked) throws Mismatch {
      if (diverged != null) {
        throw new Mismatch(diverged);
      }
      Object plain = Json.read(Json.write(scrubber.scrub(asked.request(), names)));
      Asked clean = new Asked(asked.kind(), asked.api(), plain);
      Cassette.Call call = recorded;
      if (call == null || open.isEmpty()) {
        call = choose(clean);
        recorded = call;
        open.clear();
        call.exchanges().stream().filter(each -> each.parent() == 0).forEach(open::add);
      }
      List<Cassette.Exchange> possible = possible(call, open);
      for (Cassette.Exchange exchange : possible) {
        if (difference(exchange, clean) == null) {
          open.remove(exchange);
          return new Match(call, exchange);
        }
      }
      throw new Mismatch(described(possible.get(0), clean));
    }

    /**
     * Answers no further request.
     *
     * @param why the mismatch that further requests get
     */
    public void stop(Mismatch why) {
      diverged = why.getMessage();
    }

    /** Lets the next request begin another recorded call. */
    public void restart() {
      recorded = null;
    }
  }

  /** Returns the recorded call that begins with a request, or else the most similar one. */
  private Cassette.Call choose(Asked asked) throws Mismatch {
    Cassette.Call again = null;
    Cassette.Call nearest = null;
    int likeness = -1;
    String text = Json.write(asked.request());
    for (Cassette.Call call : cassette.calls()) {
      for (Cassette.Exchange exchange : possible(call, new HashSet<>(call.exchanges()))) {
        if (difference(exchange, asked) == null) {
          if (used.add(call)) {
            return call;
          }
          again = call;
        }
        int common =
            Divergence.common(Json.write(exchange.request()), text)
                + (asked.kind() == exchange.kind() ? text.length() : 0);
        if (common > likeness) {
          likeness = common;
          nearest = call;
        }
      }
    }
    Cassette.Call chosen = again == null ? nearest : again;
    if (chosen == null) {
      throw new Mismatch("it contains no exchange, asked " + what(asked));
    }
    return chosen;
  }

  /** Returns the open exchanges that do not depend on the end of another open exchange. */
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

  /** Returns the difference; null if there is none. */
  private @Nullable Object difference(Cassette.Exchange exchange, Asked asked) {
    return exchange.kind() == asked.kind()
        ? Divergence.find(exchange.request(), asked.request(), ignored)
        : asked.api();
  }

  private String described(Cassette.Exchange exchange, Asked asked) {
    String place = "exchange " + exchange.number() + ": ";
    return difference(exchange, asked) instanceof Divergence divergence
        ? place + divergence
        : place + "recorded " + what(recorded(exchange)) + ", asked " + what(asked);
  }

  private static Asked recorded(Cassette.Exchange exchange) {
    return new Asked(exchange.kind(), exchange.api(), exchange.request());
  }

  private static String what(Asked asked) {
    if (asked.kind() == Cassette.Kind.MODEL) {
      return "a model by " + asked.api();
    }
    return "the tool " + (asked.request() instanceof Map<?, ?> tool ? tool.get("tool") : "");
  }
}
