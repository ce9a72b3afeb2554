package io.gild.weaver;

import io.gild.core.GildLog;
import io.gild.core.GovernedIterator;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The governed pieces of one of google-genai's streams; for one thread at a time. */
final class GoogleStream implements Iterator<Object>, AutoCloseable {

  /** What a chat writes into its stream, to hear of it in the end. */
  private static final String[] CHAT = {"recordingHistory", "chatSession", "asyncChatSession"};

  /** What the caller sees; weakly known, since it is what keeps these pieces. */
  private final WeakReference<Object> shown;

  private @Nullable GovernedIterator<Object> pieces;
  private @Nullable Object opened;
  private boolean ended;

  GoogleStream(Object shown) {
    this.shown = new WeakReference<>(shown);
  }

  void give(GovernedIterator<Object> governed) {
    pieces = governed;
  }

  @Override
  public boolean hasNext() {
    boolean more = pieces != null && pieces.hasNext();
    ended |= !more;
    return more;
  }

  @Override
  public Object next() {
    if (pieces == null) {
      throw new NoSuchElementException();
    }
    return pieces.next();
  }

  @Override
  public void close() {
    if (pieces != null) {
      pieces.close();
    }
  }

  /** Tells whether nothing is left, as a chat asks while it hears of the end. */
  boolean isConsumed() {
    return ended || Boolean.TRUE.equals(Inside.of(opened, "iterator", "consumed"));
  }

  /** Reads the stream that an attempt opened, which tells a chat what was said. */
  Attempt attempt(@Nullable Object stream) {
    if (!(stream instanceof Iterable<?> iterable)) {
      throw new IllegalStateException("a stream was expected, not " + stream);
    }
    return new Attempt(stream, iterable.iterator());
  }

  /** The pieces of one attempt. */
  final class Attempt implements Iterator<Object>, AutoCloseable {

    private final Object stream;
    private final Iterator<?> own;

    private Attempt(Object stream, Iterator<?> own) {
      this.stream = stream;
      this.own = own;
    }

    @Override
    public boolean hasNext() {
      return own.hasNext();
    }

    @Override
    public Object next() {
      Object caller = opened == stream ? null : shown.get();
      if (caller != null) {
        Inside.copy(caller, stream, CHAT);
        Inside.copy(stream, caller, "history");
      }
      opened = stream;
      return own.next();
    }

    @Override
    public void close() {
      try {
        Foreign.call(stream, "close");
      } catch (Throwable fault) {
        GildLog.faultOnce("Closing a stream", fault);
      }
    }
  }
}
