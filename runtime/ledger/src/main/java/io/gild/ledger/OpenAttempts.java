package io.gild.ledger;

import io.gild.core.UsageRecorded;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests of calls that are not over, until it is known whether their attempts failed.
 *
 * <p>Bounded: a stream that is never read to its end has no end, and requests that are reported
 * after it come too late. What does not fit is not counted as wasted. Thread-safe.
 */
final class OpenAttempts {

  private static final int MOST_CALLS = 10_000;
  private static final int MOST_REQUESTS_OF_CALL = 10_000;

  private record Request(PendingEntry entry, int attempt) {}

  private final Map<Long, List<Request>> requests =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, List<Request>> eldest) {
          return size() > MOST_CALLS;
        }
      };

  synchronized void add(PendingEntry entry, List<UsageRecorded.Enclosing> within) {
    for (UsageRecorded.Enclosing call : within) {
      List<Request> known = requests.computeIfAbsent(call.call(), absent -> new ArrayList<>(2));
      if (known.size() < MOST_REQUESTS_OF_CALL) {
        known.add(new Request(entry, call.attempt()));
      }
    }
  }

  /** Forgets the requests of an attempt that is over, and returns them. */
  synchronized List<PendingEntry> end(long call, int attempt) {
    List<Request> known = requests.get(call);
    if (known == null) {
      return List.of();
    }
    List<PendingEntry> ended = new ArrayList<>();
    for (Iterator<Request> each = known.iterator(); each.hasNext(); ) {
      Request request = each.next();
      if (request.attempt() == attempt) {
        ended.add(request.entry());
        each.remove();
      }
    }
    return ended;
  }

  /** Forgets the requests of a call that is over, and returns those of attempts without an end. */
  synchronized List<PendingEntry> end(long call) {
    List<Request> known = requests.remove(call);
    return known == null ? List.of() : known.stream().map(Request::entry).toList();
  }

  synchronized int size() {
    return requests.size();
  }
}
