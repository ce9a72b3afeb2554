package io.gild.coordination;

/** A message in the queue of a subscription. Changed under the engine's lock alone. */
final class QueueEntry implements Comparable<QueueEntry> {

  /** What happens to it. */
  enum State {
    /** It waits for a consumer, or for the one before it in its lane. */
    WAITING,
    /** It waits for the time at which it may be delivered again. */
    DELAYED,
    /** It has a consumer, and its delivery is being recorded. */
    STARTING,
    /** Its handler runs. */
    IN_FLIGHT,
    /** It has left the queue. */
    GONE
  }

  final QueuedMessage message;
  State state = State.WAITING;
  int deliveries;
  boolean uncertain;
  long dueNanos;

  QueueEntry(QueuedMessage message) {
    this.message = message;
  }

  boolean isRunning() {
    return state == State.STARTING || state == State.IN_FLIGHT;
  }

  boolean isTimed() {
    return state == State.DELAYED || state == State.IN_FLIGHT;
  }

  /** Orders by time; times of a monotonic clock are compared by their difference. */
  @Override
  public int compareTo(QueueEntry other) {
    int byTime = Long.signum(dueNanos - other.dueNanos);
    return byTime != 0 ? byTime : Long.compare(message.number(), other.message.number());
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
