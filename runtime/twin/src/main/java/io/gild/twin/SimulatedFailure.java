package io.gild.twin;

/** A recorded failure, thrown again. */
final class SimulatedFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private SimulatedFailure(String message) {
    super(message);
  }

  /** Returns a failure of the recorded class if that is one of Java, so that policies know it. */
  static Exception of(String recorded) {
    int colon = recorded.indexOf(':');
    String name = colon < 0 ? recorded : recorded.substring(0, colon);
    String message = colon < 0 ? "" : recorded.substring(colon + 1).strip();
    if (name.startsWith("java.")) {
      try {
        Class<?> type = Class.forName(name, true, ClassLoader.getPlatformClassLoader());
        if (Exception.class.isAssignableFrom(type)) {
          return (Exception) type.getConstructor(String.class).newInstance(message);
        }
      } catch (ReflectiveOperationException | LinkageError other) {
        // It has no such constructor.
      }
    }
    return new SimulatedFailure(recorded);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
