package io.gild.weaver;

import org.jspecify.annotations.Nullable;

/** A call at a woven method that is not simply an {@link io.gild.core.AgentCall}. */
abstract class WovenCall {

  /** Tells whether the body is to be run. */
  abstract boolean proceed();

  /** Takes what the body did; tells whether to run it once more. */
  abstract boolean repeats(@Nullable Object returned, @Nullable Throwable thrown);

  /** Returns the arguments for the body, or {@code null} if they are what the caller gave. */
  @Nullable Object @Nullable [] rewritten() {
    return null;
  }

  /** Returns the result of a call that has no failure. */
  abstract @Nullable Object result();

  /** Returns the failure, if there is one. */
  abstract @Nullable Throwable failure();

  /** A call that is over before the body is reached. */
  static final class Settled extends WovenCall {

    private final @Nullable Object result;
    private final @Nullable Throwable failure;

    private Settled(@Nullable Object result, @Nullable Throwable failure) {
      this.result = result;
      this.failure = failure;
    }

    static Settled returning(@Nullable Object result) {
      return new Settled(result, null);
    }

    static Settled throwing(Throwable failure) {
      return new Settled(null, failure);
    }

    @Override
    boolean proceed() {
      return false;
    }

    @Override
    boolean repeats(@Nullable Object returned, @Nullable Throwable thrown) {
      return false;
    }

    @Override
    @Nullable Object result() {
      return result;
    }

    @Override
    @Nullable Throwable failure() {
      return failure;
    }
  }

  /** A call whose body runs once and is only watched. */
  abstract static class Watched extends WovenCall {

    private @Nullable Object returned;
    private @Nullable Throwable thrown;

    /** Hears that the body is over. */
    abstract void over();

    @Override
    final boolean proceed() {
      return true;
    }

    @Override
    final boolean repeats(@Nullable Object result, @Nullable Throwable failure) {
      returned = result;
      thrown = failure;
      over();
      return false;
    }

    @Override
    @Nullable Object result() {
      return returned;
    }

    @Override
    final @Nullable Throwable failure() {
      return thrown;
    }
  }
}
