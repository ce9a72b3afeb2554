package io.gild.core;

import io.gild.core.spi.AttemptRunner;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * A pulled stream whose call is over when it is exhausted, fails or is closed.
 *
 * <p>If it fails before its first element, it may be opened again. Closing it early ends the call
 * as cancelled, which is no failure. Waits between attempts hold the pulling thread, and a time
 * limit bounds the wait for the first element only. For one thread at a time.
 *
 * @param <T> type of the elements
 */
public final class GovernedIterator<T> implements Iterator<T>, AutoCloseable {

  private final AgentCall call;
  private final Body body;
  private final StreamListener.Factory listeners;
  private final @Nullable AttemptRunner runner;
  private @Nullable Object source;
  private @Nullable Iterator<?> elements;
  private @Nullable StreamListener listener;
  private boolean over;

  GovernedIterator(AgentCall call, Body body, StreamListener.Factory listeners) {
    this.call = call;
    this.body = body;
    this.listeners = listeners;
    this.runner = call.runner();
    call.becomeAsynchronous();
    CurrentCall.leave(call.parent());
    inCall(() -> {
      open();
      return null;
    });
  }

  /** Goes on until an attempt is open or the call is over. */
  private void open() {
    while (call.proceed()) {
      StreamListener own = listeners.start(call);
      try {
        source = null;
        elements = null;
        if (runner == null) {
          start(call.arguments());
        } else {
          runner.run(call, this::start);
        }
        listener = own;
        return;
      } catch (Throwable failure) {
        call.threw(failure);
      }
    }
    over = true;
    source = call.result();
    elements = source == null ? null : isStream(source) ? iterator(source) : settled(source);
    listener = null;
  }

  /** Opens the stream and waits for its first element, so that a time limit bounds both. */
  private @Nullable Object start(@Nullable Object[] arguments) throws Throwable {
    Object opened = body.run(arguments);
    Iterator<?> pieces = iterator(opened);
    source = opened;
    elements = pieces;
    boolean empty = runner != null && !pieces.hasNext();
    return empty ? null : opened;
  }

  private static boolean isStream(Object value) {
    return value instanceof Iterator<?> || value instanceof BaseStream<?, ?>;
  }

  private Iterator<?> settled(Object answer) {
    try {
      return listeners.elements(answer).iterator();
    } catch (Throwable failure) {
      throw Sneaky.propagate(failure);
    }
  }

  private static Iterator<?> iterator(@Nullable Object opened) {
    if (opened instanceof BaseStream<?, ?> stream) {
      return stream.iterator();
    }
    if (opened instanceof Iterable<?> iterable) {
      return iterable.iterator();
    }
    if (opened instanceof Iterator<?> iterator) {
      return iterator;
    }
    throw new IllegalStateException("a stream was expected, not " + opened);
  }

  @Override
  public boolean hasNext() {
    if (over) {
      return elements != null && elements.hasNext();
    }
    return Boolean.TRUE.equals(inCall(this::advance));
  }

  private Boolean advance() {
    while (!over) {
      try {
        Iterator<?> present = elements;
        if (present != null && present.hasNext()) {
          return true;
        }
        if (listener != null) {
          listener.completed();
        }
        finish();
        return false;
      } catch (Throwable failure) {
        closeSource();
        call.threw(failure);
        open();
      }
    }
    return elements != null && elements.hasNext();
  }

  private void finish() {
    over = true;
    elements = null;
    closeSource();
    call.returned(null);
    if (call.proceed()) { // a stage asks for more, but what was said stays said
      call.abandon(new CancellationException("a stream cannot be repeated"));
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the method's own elements
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (over) {
      return (T) Objects.requireNonNull(elements).next();
    }
    return (T) inCall(this::take);
  }

  private @Nullable Object take() {
    Object element = Objects.requireNonNull(elements).next();
    call.delivered();
    try {
      if (listener != null) {
        listener.element(element);
      }
    } catch (Throwable fault) {
      GildLog.faultOnce("Listening to a stream of " + call.method().spec().id(), fault);
    }
    return element;
  }

  /** Ends the call, as cancelled unless the stream came to its end. */
  @Override
  public void close() {
    elements = null;
    closeSource();
    if (!over) {
      over = true;
      call.abandon(new CancellationException("the stream was closed"));
    }
  }

  private void closeSource() {
    Object open = source;
    source = null;
    if (open instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception failure) {
        GildLog.faultOnce("Closing a stream of " + call.method().spec().id(), failure);
      }
    }
  }

  /** Something done on the pulling thread as a part of the call. */
  @FunctionalInterface
  private interface Part {
    @Nullable Object run();
  }

  private @Nullable Object inCall(Part part) {
    AgentCall previous = CurrentCall.enter(call);
    Runnable remove = call.installCarried();
    try {
      return part.run();
    } finally {
      remove.run();
      CurrentCall.leave(previous);
    }
  }
}
