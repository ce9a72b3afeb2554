package io.gild.libraries;

import io.gild.core.GildLog;
import io.gild.core.GovernedIterator;
import io.gild.weaver.Foreign;
import io.gild.weaver.PrivateFields;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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

  /** The last piece that an attempt said. */
  private @Nullable Object heard;

  /** What a policy said instead, for the history of a chat. */
  private @Nullable List<Object> answered;

  GoogleStream(Object shown) {
    this.shown = new WeakReference<>(shown);
  }

  void give(GovernedIterator<Object> governed) {
    pieces = governed;
  }

  @Override
  public boolean hasNext() {
    boolean more = pieces != null && pieces.hasNext();
    if (!more && !ended) {
      ended = true;
      tellChat();
    }
    return more;
  }

  @Override
  public Object next() {
    if (pieces == null) {
      throw new NoSuchElementException();
    }
    Object piece = pieces.next();
    if (piece != heard) {
      answered = answered == null ? new ArrayList<>() : answered;
      answered.add(piece);
    }
    return piece;
  }

  /** Lets a chat remember what no stream of the library's own passes to it. */
  private void tellChat() {
    Object caller = shown.get();
    if (answered == null
        || caller == null
        || !Boolean.TRUE.equals(PrivateFields.of(caller, "recordingHistory"))) {
      return;
    }
    PrivateFields.set(caller, "history", answered);
    PrivateFields.set(caller, "recordingHistory", false);
    for (String session : new String[] {"chatSession", "asyncChatSession"}) {
      Object chat = PrivateFields.of(caller, session);
      if (chat != null) {
        PrivateFields.call(chat, "checkStreamResponseAndUpdateHistory");
      }
    }
  }

  @Override
  public void close() {
    if (pieces != null) {
      pieces.close();
    }
  }

  /** Returns whether nothing is left, as a chat asks while it hears of the end. */
  boolean isConsumed() {
    return ended || Boolean.TRUE.equals(PrivateFields.of(opened, "iterator", "consumed"));
  }

  /** Reads the stream that an attempt opened, which shows a chat what was said. */
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
        PrivateFields.copy(caller, stream, CHAT);
        PrivateFields.copy(stream, caller, "history");
      }
      opened = stream;
      heard = own.next();
      return heard;
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
