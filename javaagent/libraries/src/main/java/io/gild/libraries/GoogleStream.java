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

/** The governed chunks of one of google-genai's streams; for one thread at a time. */
final class GoogleStream implements Iterator<Object>, AutoCloseable {

  /** The values that a chat writes into its stream and reads at its end. */
  private static final String[] CHAT = {"recordingHistory", "chatSession", "asyncChatSession"};

  /** The caller's stream; referenced weakly, because it references these chunks. */
  private final WeakReference<Object> shown;

  private @Nullable GovernedIterator<Object> chunks;
  private @Nullable Object opened;
  private boolean ended;

  /** The last chunk of an attempt. */
  private @Nullable Object latest;

  /** The answer of a policy, for the history of a chat. */
  private @Nullable List<Object> answered;

  GoogleStream(Object shown) {
    this.shown = new WeakReference<>(shown);
  }

  void give(GovernedIterator<Object> governed) {
    chunks = governed;
  }

  @Override
  public boolean hasNext() {
    boolean more = chunks != null && chunks.hasNext();
    if (!more && !ended) {
      ended = true;
      tellChat();
    }
    return more;
  }

  @Override
  public Object next() {
    if (chunks == null) {
      throw new NoSuchElementException();
    }
    Object chunk = chunks.next();
    if (chunk != latest) {
      answered = answered == null ? new ArrayList<>() : answered;
      answered.add(chunk);
    }
    return chunk;
  }

  /** Adds an answer to a chat's history that no stream of the library passes to it. */
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
    if (chunks != null) {
      chunks.close();
    }
  }

  /** Returns whether no chunk is left, which a chat checks at the end. */
  boolean isConsumed() {
    return ended || Boolean.TRUE.equals(PrivateFields.of(opened, "iterator", "consumed"));
  }

  /** Reads the stream that an attempt opened, which adds its text to a chat. */
  Attempt attempt(@Nullable Object stream) {
    if (!(stream instanceof Iterable<?> iterable)) {
      throw new IllegalStateException("a stream was expected, not " + stream);
    }
    return new Attempt(stream, iterable.iterator());
  }

  /** The chunks of one attempt. */
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
      latest = own.next();
      return latest;
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
