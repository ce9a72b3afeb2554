package java.lang;

import java.lang.invoke.MethodHandle;

/**
 * Governs the calls of woven methods.
 *
 * <p>Woven code drives a call like this; an exception of the engine is suppressed and passed to
 * {@link #fault}:
 *
 * <pre>{@code
 * Object call = engine.enter(site, this, arguments, handle);
 * if (call == null) { body; return }
 * boolean run = engine.proceed(call);
 * while (run) {
 *   arguments = engine.rewritten(call) or as they were;
 *   body;
 *   run = engine.repeats(call, returned, thrown);
 * }
 * throw engine.failure(call) or return engine.result(call);
 * }</pre>
 */
public abstract class GildEngine {

  /** Creates an engine. */
  protected GildEngine() {}

  /**
   * Begins a call on the current thread.
   *
   * @param site number of the woven method
   * @param self the object, or {@code null} for a static method
   * @param arguments the arguments, boxed; the engine keeps the array
   * @param handle runs the woven method itself, not bound to an object; {@code null} if its class
   *     file is too old for one
   * @return the call, or {@code null} to leave this one alone
   */
  public abstract Object enter(int site, Object self, Object[] arguments, MethodHandle handle);

  /**
   * Continues with the method's body or, if there is nothing to run, with the end of the call.
   *
   * @param call the call
   * @return {@code true} to run the body
   */
  public abstract boolean proceed(Object call);

  /**
   * Receives the outcome of the body.
   *
   * @param call the call
   * @param returned its result, boxed; {@code null} if it threw or is {@code void}
   * @param thrown its exception, or {@code null}
   * @return {@code true} to run the body again
   */
  public abstract boolean repeats(Object call, Object returned, Throwable thrown);

  /**
   * Returns the arguments for the next run of the body.
   *
   * @param call the call
   * @return the arguments, or {@code null} if they are those of the caller
   */
  public abstract Object[] rewritten(Object call);

  /**
   * Returns the result for the caller.
   *
   * @param call a call that is over without a failure
   * @return the result, boxed
   */
  public abstract Object result(Object call);

  /**
   * Returns the exception for the caller.
   *
   * @param call a call that is over
   * @return the failure, or {@code null} if the call has a result
   */
  public abstract Throwable failure(Object call);

  /**
   * Returns whether the current thread is in a call that its tasks should carry.
   *
   * @return {@code true} if {@link #carry} has something to do
   */
  public abstract boolean inCall();

  /**
   * Makes tasks carry the thread's current call to the threads that run them.
   *
   * @param site number of the woven method
   * @param self the object, or {@code null} for a static method
   * @param arguments its arguments, boxed; the engine keeps the array
   * @return the new arguments, or {@code null} if they do not change
   */
  public abstract Object[] carry(int site, Object self, Object[] arguments);

  /**
   * Puts the current thread into the call of the task that it runs next.
   *
   * @param task the task
   */
  public abstract void taken(Object task);

  /**
   * Receives an object whose constructor is about to return.
   *
   * @param made the object
   * @param site number of the woven constructors
   */
  public abstract void made(Object made, int site);

  /**
   * Reports a failure inside of Gild.
   *
   * @param fault the exception
   */
  public abstract void fault(Throwable fault);
}
