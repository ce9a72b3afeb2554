package io.gild.weaver.spi;

import io.gild.core.AgentCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands between a request and who answers it, to record the answer or to give an old one. */
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
   * @param model whether a model is asked, not a tool
   * @param api the method of the library, or the class of its tools
   * @param library who is asked, with its version; empty for a tool
   * @param request what is asked, as plain values
   */
  record Asked(boolean model, String api, String library, Map<String, ?> request) {}

  /** Returns whether there is anything to do. */
  boolean turns();

  /** Returns whether old answers are given; no request is sent then. */
  boolean replays();

  /**
   * Begins an exchange.
   *
   * @param call the innermost call that it is made in, itself included if it is one
   * @param asked the request
   * @return takes the answer, or has it
   * @throws ReplayDiverged if there is no old answer to this request
   */
  Exchange begin(@Nullable AgentCall call, Asked asked);

  /** One request and what comes of it; a recorded one is written when its end is told. */
  class Exchange {

    /** An exchange that is neither recorded nor replayed. */
    public static final Exchange NONE = new Exchange();

    /** Takes a whole answer, or what ends a stream. */
    public void answered(@Nullable Object response) {}

    /** Takes a piece of a stream. */
    public void piece(Object piece) {}

    /** Takes the tokens that the answer took. */
    public void tokens(long input, long output) {}

    /** Ends a stream that has no other end. */
    public void completed() {}

    /** Takes a failure. */
    public void failed(Throwable failure) {}

    /** Returns the old answer; fails as it failed. */
    public @Nullable Object response() throws RecordedFailure {
      throw new IllegalStateException("not a replay");
    }

    /** Returns the pieces of the old answer; fails as it failed. */
    public List<?> pieces() throws RecordedFailure {
      throw new IllegalStateException("not a replay");
    }

    /** Returns the exchanges that were a part of the old one. */
    public List<Asked> inner() {
      return List.of();
    }

    /** Returns the answer of one of these. */
    public @Nullable Object innerResponse(int index) throws RecordedFailure {
      throw new IllegalStateException("not a replay");
    }
  }

  /** A failure that was recorded; the original is of a class that cannot be made again. */
  final class RecordedFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates a failure with the recorded message. */
    public RecordedFailure(String message) {
      super(message);
    }
  }
}
