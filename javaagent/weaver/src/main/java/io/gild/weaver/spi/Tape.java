package io.gild.weaver.spi;

import io.gild.core.AgentCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Intercepts requests to record the answer or to replay an earlier one. */
public interface Tape {

  /** Neither records nor replays. */
  Tape NONE =
      new Tape() {
        @Override
        public boolean turns() {
          return false;
        }

        @Override
        public boolean replays() {
          return false;
        }

        @Override
        public Exchange begin(@Nullable AgentCall call, Asked asked) {
          return Exchange.NONE;
        }
      };

  /**
   * A request.
   *
   * @param model whether it is a request to a model, not to a tool
   * @param api the method of the library, or the class of its tools
   * @param library the library with its version; empty for a tool
   * @param request the request, as plain values
   */
  record Asked(boolean model, String api, String library, Map<String, ?> request) {}

  /** Returns whether this tape records or replays. */
  boolean turns();

  /** Returns whether recorded answers are replayed; no request is sent then. */
  boolean replays();

  /**
   * Begins an exchange.
   *
   * @param call the innermost call that contains it, or itself if it is a call
   * @param asked the request
   * @return records the answer, or replays it
   * @throws ReplayDiverged if there is no recorded answer to this request
   */
  Exchange begin(@Nullable AgentCall call, Asked asked);

  /** One request and its outcome; a recorded exchange is written when its end is reported. */
  class Exchange {

    /** An exchange that is neither recorded nor replayed. */
    public static final Exchange NONE = new Exchange();

    /** Records a complete answer, or the end of a stream. */
    public void answered(@Nullable Object response) {}

    /** Records a chunk of a stream. */
    public void chunk(Object chunk) {}

    /** Records the tokens of the answer. */
    public void tokens(long input, long output) {}

    /** Ends a stream that has no other end. */
    public void completed() {}

    /** Records a failure. */
    public void failed(Throwable failure) {}

    /** Returns the recorded answer; throws a recorded failure. */
    public @Nullable Object response() throws RecordedFailure {
      throw new IllegalStateException("not a replay");
    }

    /** Returns the chunks of the recorded answer; throws a recorded failure. */
    public List<?> chunks() throws RecordedFailure {
      throw new IllegalStateException("not a replay");
    }

    /** Returns the recorded exchanges inside this one. */
    public List<Asked> inner() {
      return List.of();
    }

    /** Returns the answer of one of these. */
    public @Nullable Object innerResponse(int index) throws RecordedFailure {
      throw new IllegalStateException("not a replay");
    }
  }

  /** A recorded failure; the class of the original cannot be restored. */
  final class RecordedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates a failure with the recorded message. */
    public RecordedFailure(String message) {
      super(message);
    }
  }
}
