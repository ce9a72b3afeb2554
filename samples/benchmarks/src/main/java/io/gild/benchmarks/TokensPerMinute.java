package io.gild.benchmarks;

import io.gild.config.Json;
import io.gild.cost.InProcessTokenLimitStore;
import io.gild.cost.spi.TokenClaim;
import io.gild.cost.spi.TokenLimitStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trace of requests against a limit of tokens per minute, in simulated time: how many minutes are
 * over the limit, and how much of it is used.
 *
 * <p>An answer takes a second and 20 ms for each token. Ours reserves the prompt and the most
 * tokens that an answer may have; the other side starts a request if what has been charged in the
 * last minute is below the limit, and charges a request at its end.
 */
final class TokensPerMinute {

  private static final long LIMIT = 300_000;
  private static final long MOST_OUTPUT = 1_024;
  private static final double PATIENCE_SECONDS = 120;
  private static final List<Double> SHORTER = List.of(0.0, 30.0, 60.0);
  private static final double POLL_SECONDS = 0.25;
  private static final double MINUTE = 60;
  private static final double PERCENT = 100;

  /** A request of the trace. */
  private record Request(int number, double at, long input, long output) {
    double seconds() {
      return 1 + 0.02 * output;
    }

    long tokens() {
      return input + output;
    }
  }

  /** The end of a request. */
  private record End(double at, Request request) {}

  /** What a side did. */
  private record Outcome(double used, int minutesOver, long most, int refused) {}

  private final List<Request> requests = new ArrayList<>();
  private final SettableClock clock = new SettableClock();

  TokensPerMinute(Path trace) throws IOException {
    try (Stream<String> lines = Files.lines(trace)) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (Json.read(line) instanceof Map<?, ?> fields) {
          requests.add(
              new Request(
                  requests.size(),
                  number(fields, "t"),
                  (long) number(fields, "input_tokens"),
                  (long) number(fields, "output_tokens")));
        }
      }
    }
  }

  private static double number(Map<?, ?> fields, String name) {
    if (fields.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("a request of the trace has no number " + name);
  }

  Row row(String name) {
    Outcome ours = run(new InProcessTokenLimitStore(clock), PATIENCE_SECONDS);
    Outcome later = run(null, PATIENCE_SECONDS);
    StringBuilder shorter = new StringBuilder();
    for (double patience : SHORTER) {
      Outcome outcome = run(new InProcessTokenLimitStore(clock), patience);
      shorter.append("; after %.0f s: %.1f %% used".formatted(patience, outcome.used));
    }
    return new Row(
        name + " / charged later",
        "%",
        Score.of(ours.used),
        Score.of(later.used),
        "used of %,d tokens/min by %,d requests; minutes over the limit: %d and %d, the most %,d and %,d tokens; refused after %.0f s: %,d and %,d%s"
            .formatted(
                LIMIT,
                requests.size(),
                ours.minutesOver,
                later.minutesOver,
                ours.most,
                later.most,
                PATIENCE_SECONDS,
                ours.refused,
                later.refused,
                shorter));
  }

  /**
   * Runs the trace.
   *
   * @param store reserves; null for the other side
   * @param patience after how many seconds a request that waits is refused
   */
  private Outcome run(@Nullable TokenLimitStore store, double patience) {
    PriorityQueue<End> running =
        new PriorityQueue<>((one, other) -> Double.compare(one.at(), other.at()));
    Deque<Request> waiting = new ArrayDeque<>();
    Deque<End> charged = new ArrayDeque<>();
    Map<Integer, Long> started = new HashMap<>();
    List<double[]> starts = new ArrayList<>();
    int refused = 0;
    int next = 0;
    double end = requests.get(requests.size() - 1).at();
    for (double now = 0; now < end + MINUTE; now += POLL_SECONDS / 5) {
      clock.set(now);
      while (!running.isEmpty() && running.peek().at() <= now) {
        End over = running.remove();
        charged.add(over);
        if (store != null) {
          store.settle("" + over.request().number(), List.of("all"), over.request().tokens());
        }
      }
      while (!charged.isEmpty() && charged.peek().at() <= now - MINUTE) {
        charged.remove();
      }
      while (next < requests.size() && requests.get(next).at() <= now) {
        waiting.add(requests.get(next++));
      }
      Iterator<Request> each = waiting.iterator();
      while (each.hasNext()) {
        Request request = each.next();
        if (mayStart(store, request, charged)) {
          each.remove();
          running.add(new End(now + request.seconds(), request));
          started.merge((int) (now / MINUTE), request.tokens(), Long::sum);
          starts.add(new double[] {now, request.tokens()});
        } else if (now - request.at() > patience) {
          each.remove();
          refused++;
          if (store != null) {
            store.cancel("" + request.number(), List.of("all"));
          }
        } else if (store == null) {
          break;
        }
      }
    }
    long sum = starts.stream().mapToLong(start -> (long) start[1]).sum();
    int over = (int) started.values().stream().filter(tokens -> tokens > LIMIT).count();
    long most = started.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return new Outcome(PERCENT * sum / (LIMIT * end / MINUTE), over, most, refused);
  }

  private static boolean mayStart(
      @Nullable TokenLimitStore store, Request request, Deque<End> charged) {
    if (store == null) {
      return charged.stream().mapToLong(end -> end.request().tokens()).sum() < LIMIT;
    }
    TokenClaim claim = new TokenClaim("all", 0, LIMIT, request.input() + MOST_OUTPUT);
    return store.acquire("" + request.number(), List.of(claim)).granted();
  }
}
