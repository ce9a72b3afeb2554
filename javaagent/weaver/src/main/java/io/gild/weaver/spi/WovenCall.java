package io.gild.weaver.spi;

import org.jspecify.annotations.Nullable;

/** A call at a woven method that is not simply an {@link io.gild.core.AgentCall}. */
public abstract class WovenCall {

  /** Returns whether to run the body. */
  public abstract boolean proceed();

  /** Receives the outcome of the body; returns whether to run it again. */
  public abstract boolean repeats(@Nullable Object returned, @Nullable Throwable thrown);

  /** Returns the arguments for the body, or {@code null} if they are those of the caller. */
  public @Nullable Object @Nullable [] rewritten() {
    return null;
  }

  /** Returns the result of a call that has no failure. */
  public abstract @Nullable Object result();

  /** Returns the failure, if there is one. */
  public abstract @Nullable Throwable failure();

  /** A call that is over before the body is reached. */
  public static final class Settled extends WovenCall {

    private final @Nullable Object result;
    private final @Nullable Throwable failure;

    private Settled(@Nullable Object result, @Nullable Throwable failure) {
      this.result = result;
      this.failure = failure;
    }

    /** Returns a call that returns a result. */
    public static Settled returning(@Nullable Object result) {
      return new Settled(result, null);
    }

    /** Returns a call that throws a failure. */
    public static Settled throwing(Throwable failure) {
      return new Settled(null, failure);
    }

    @Override
    public boolean proceed() {
      return false;
    }

    @Override
    public boolean repeats(@Nullable Object returned, @Nullable Throwable thrown) {
      return false;
    }

    @Override
    public @Nullable Object result() {
      return result;
    }

    @Override
    public @Nullable Throwable failure() {
      return failure;
    }
  }

  /** A call whose body runs once and is only watched. */
  public abstract static class Watched extends WovenCall {

    private @Nullable Object returned;
    private @Nullable Throwable thrown;

    /** Is notified that the body is over. */
    public abstract void over();

    @Override
    public final boolean proceed() {
      return true;
    }

    @Override
    public final boolean repeats(@Nullable Object result, @Nullable Throwable failure) {
      returned = result;
      thrown = failure;
      over();
      return false;
    }

    @Override
    public @Nullable Object result() {
      return returned;
    }

    @Override
    public final @Nullable Throwable failure() {
      return thrown;
    }
  }
}
