package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.DecisionEvent;
import io.gild.core.spi.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The events of a runtime, for subscribers; events without a subscriber are not created.
 *
 * <pre>{@code
 * AutoCloseable subscription =
 *     runtime.events().subscribe(CallEnded.class, ended -> show(ended.method().agent()));
 * }</pre>
 *
 * <p>Subscribers run on the thread of the call and must be quick. An exception of a subscriber is
 * logged once and ignored. Thread-safe.
 */
@Experimental
public final class Events {

  /**
   * One kind of event.
   *
   * @param <E> the kind
   */
  public static final class Channel<E extends Event> {

    private volatile List<Consumer<? super E>> subscribers = List.of();

    private Channel() {}

    /**
     * Returns whether these events have subscribers; publishers check this first, and make no event
     * if not.
     *
     * @return {@code true} if there is a subscriber
     */
    public boolean hasSubscribers() {
      return !subscribers.isEmpty();
    }

    /**
     * Passes an event to all subscribers.
     *
     * @param event what happened
     */
    public void publish(E event) {
      for (Consumer<? super E> subscriber : subscribers) {
        try {
          subscriber.accept(event);
        } catch (Throwable fault) {
          GildLog.faultOnce("A subscriber to " + event.getClass().getSimpleName(), fault);
        }
      }
    }

    private synchronized void add(Consumer<? super E> subscriber) {
      List<Consumer<? super E>> all = new ArrayList<>(subscribers);
      all.add(subscriber);
      subscribers = List.copyOf(all);
    }

    private synchronized void remove(Consumer<? super E> subscriber) {
      List<Consumer<? super E>> rest = new ArrayList<>(subscribers);
      rest.remove(subscriber);
      subscribers = List.copyOf(rest);
    }
  }

  private final Map<Class<?>, Channel<?>> channels = new ConcurrentHashMap<>();
  private final List<Consumer<DecisionEvent>> ofDecisions = new ArrayList<>();
  final Channel<CallStarted> callStarted = channel(CallStarted.class);
  final Channel<AttemptEnded> attemptEnded = channel(AttemptEnded.class);
  final Channel<UsageRecorded> usageRecorded = channel(UsageRecorded.class);
  final Channel<CallEnded> callEnded = channel(CallEnded.class);

  Events() {}

  /**
   * Subscribes to events of one kind.
   *
   * @param type class of the events
   * @param subscriber receives each of them, possibly on several threads at once
   * @param <E> the kind
   * @return ends the subscription when it is closed; closing it twice does no harm
   */
  public <E extends Event> AutoCloseable subscribe(Class<E> type, Consumer<? super E> subscriber) {
    Channel<E> channel = channel(type);
    Consumer<E> own = subscriber::accept; // the same subscriber may come twice
    channel.add(own);
    return () -> channel.remove(own);
  }

  /**
   * Subscribes to decisions of all kinds, those that modules add included.
   *
   * @param subscriber receives each of them, possibly on several threads at once
   * @return ends the subscription when it is closed; closing it twice does no harm
   */
  public synchronized AutoCloseable subscribeDecisions(Consumer<? super DecisionEvent> subscriber) {
    Consumer<DecisionEvent> own = subscriber::accept; // the same subscriber may come twice
    ofDecisions.add(own);
    channels.forEach((type, channel) -> addDecisions(type, channel, own));
    return () -> unsubscribe(own);
  }

  private synchronized void unsubscribe(Consumer<DecisionEvent> own) {
    ofDecisions.remove(own);
    channels.forEach((type, channel) -> {
      if (DecisionEvent.class.isAssignableFrom(type)) {
        decisions(channel).remove(own);
      }
    });
  }

  private static void addDecisions(
      Class<?> type, Channel<?> channel, Consumer<DecisionEvent> subscriber) {
    if (DecisionEvent.class.isAssignableFrom(type)) {
      decisions(channel).add(subscriber);
    }
  }

  @SuppressWarnings("unchecked") // the class of its events was checked
  private static Channel<DecisionEvent> decisions(Channel<?> channel) {
    return (Channel<DecisionEvent>) channel;
  }

  /**
   * Returns the channel that publishes events of one kind; a stage keeps it.
   *
   * @param type class of the events
   * @param <E> the kind
   * @return the one channel of that kind
   */
  @SuppressWarnings("unchecked") // a channel is stored under the class of its events
  public <E extends Event> Channel<E> channel(Class<E> type) {
    Channel<?> known = channels.get(type);
    return (Channel<E>) (known == null ? newChannel(type) : known);
  }

  private synchronized Channel<?> newChannel(Class<?> type) {
    Channel<?> fresh = new Channel<>();
    ofDecisions.forEach(subscriber -> addDecisions(type, fresh, subscriber));
    Channel<?> other = channels.putIfAbsent(type, fresh);
    return other == null ? fresh : other;
  }
}
