package io.gild.core;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a pulled stream, on the thread that pulls; for one thread at a time, except the
 * closing.
 */
class PulledAttempt {

  final AgentCall call;
  private final Body body;
  private final StreamListener listener;
  private @Nullable Iterator<?> elements;
  private @Nullable Spliterator<?> spliterator;
  private long size = -1;
  private @Nullable Throwable closingFailure;
  private @Nullable Object source;
  private @Nullable Object opened;
  private boolean closed;

  PulledAttempt(AgentCall call, Body body, StreamListener listener) {
    this.call = call;
    this.body = body;
    this.listener = listener;
  }

  /** Opens the stream; throws what the method does. */
  void open() throws Throwable {
    openSource(call.arguments());
  }

  boolean hasNext() throws Throwable {
    return sourceHasNext();
  }

  /** Takes the next element, which must be there. */
  @Nullable Object next() throws Throwable {
    return sourceNext();
  }

  /** Marks that there is no further element; throws if the end is not valid. */
  void completed() throws Throwable {
    listener.completed();
  }

  /** Returns why the attempt counts as failed although it did not fail itself, or null. */
  @Nullable Throwable late() {
    return null;
  }

  /** Whether the method returned {@code null} instead of a stream. */
  final boolean isAbsent() {
    return opened == null;
  }

  /**
   * Returns what the method returned, if it is a stream of the JDK that was not pulled from yet.
   */
  final @Nullable BaseStream<?, ?> stream() {
    return opened instanceof BaseStream<?, ?> stream ? stream : null;
  }

  /** Returns the iterator of a stream's elements. */
  final @Nullable Spliterator<?> spliterator() {
    return spliterator;
  }

  /** Returns how many elements the stream has, or had before the first was pulled. */
  final long size() {
    Spliterator<?> known = spliterator;
    if (size < 0) {
      size = known == null ? Long.MAX_VALUE : known.estimateSize();
    }
    return size;
  }

  /** Returns the failure of closing the stream. */
  final @Nullable Throwable closingFailure() {
    return closingFailure;
  }

  /** Removes the last element from its source. */
  void remove() {
    Iterator<?> known = elements;
    if (known == null) {
      throw new IllegalStateException("no element was pulled");
    }
    known.remove();
  }

  /** Marks that the stream is at its end; its consumer closes it. */
  void ended() {}

  /** Releases the resources of the stream, from any thread. */
  void close() {
    closeSource();
  }

  final void notifyListener(@Nullable Object element) {
    try {
      listener.element(element);
    } catch (Throwable fault) {
      GildLog.faultOnce("Listening to a stream of " + call.method().spec().id(), fault);
    }
  }

  final void openSource(@Nullable Object[] arguments) throws Throwable {
    Object returned = body.run(arguments);
    boolean unwanted;
    synchronized (this) {
      opened = returned;
      source = returned;
      unwanted = closed;
    }
    if (unwanted) {
      closeSource();
    } else if (returned instanceof BaseStream<?, ?> stream) {
      spliterator = stream.spliterator();
      elements = Spliterators.iterator(spliterator);
    } else if (returned != null) {
      elements = iterator(returned);
    }
  }

  final boolean sourceHasNext() {
    Iterator<?> known = elements;
    if (known == null) {
      return false;
    }
    size();
    return known.hasNext();
  }

  final @Nullable Object sourceNext() {
    return elements == null ? null : elements.next();
  }

  /** Closes what was opened, or will be. */
  final void closeSource() {
    Object open;
    synchronized (this) {
      closed = true;
      open = source;
      source = null;
    }
    if (open instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Throwable failure) {
        closingFailure = failure;
        unclosed(closeable, failure);
      }
    }
  }

  /** Handles a failure to close the stream. */
  void unclosed(AutoCloseable open, Throwable failure) {
    GildLog.faultOnce("Closing a stream of " + call.method().spec().id(), failure);
  }

  /** Returns the stream that has to be closed again, and forgets it. */
  final synchronized void keep(AutoCloseable open) {
    source = open;
  }

  final synchronized boolean closed() {
    return closed;
  }

  static Iterator<?> iterator(@Nullable Object opened) {
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
}
