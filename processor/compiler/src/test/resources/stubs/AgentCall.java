package io.gild.core;

/** A stand-in: tries twice, and fills in the model. */
public final class AgentCall {

  private final Object[] arguments;
  private Object value;
  private Throwable failure;
  private boolean done;
  private int attempts;

  AgentCall(Object[] arguments) {
    this.arguments = arguments;
  }

  public boolean proceed() {
    return !done && attempts++ < 2;
  }

  public Object argument(int index) {
    return arguments[index] == null ? "routed-model" : arguments[index];
  }

  public void returned(Object value) {
    this.value = value;
    this.failure = null;
    this.done = true;
  }

  public void threw(Throwable failure) {
    this.failure = failure;
  }

  public Object result() {
    if (failure != null) {
      AgentCall.<RuntimeException>sneak(failure);
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }
}
