package io.gild.a2a.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, for one reading thread. An interrupt ends a wait for more of it, which the
 * JDK's own stream ignores.
 */
final class BodyStream extends InputStream implements Flow.Subscriber<List<ByteBuffer>> {

  private static final Object END = new Object();

  private final LinkedBlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private final Duration silence;
  private final Queue<ByteBuffer> open = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;
  private boolean ended;

  /**
   * Reads a body.
   *
   * @param silence the longest wait for more of it
   */
  BodyStream(Flow.Publisher<List<ByteBuffer>> body, Duration silence) {
    this.silence = silence;
    body.subscribe(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrived.add(buffers);
  }

  @Override
  public void onError(Throwable failure) {
    arrived.add(failure);
  }

  @Override
  public void onComplete() {
    arrived.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer buffer = next();
    if (buffer == null) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(into, offset, count);
    return count;
  }

  /** Waits for bytes; {@code null} at the end. */
  private @Nullable ByteBuffer next() throws IOException {
    while (true) {
      ByteBuffer first = open.peek();
      if (first != null && first.hasRemaining()) {
        return first;
      }
      if (first != null) {
        open.remove();
      } else if (ended) {
        return null;
      } else {
        take();
      }
    }
  }

  private void take() throws IOException {
    Object next;
    try {
      next = arrived.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the agent");
    }
    if (next == null) {
      close();
      throw new HttpTimeoutException("nothing came for " + silence);
    }
    if (next instanceof Throwable failure) {
      ended = true;
      throw new IOException(String.valueOf(failure.getMessage()), failure);
    }
    if (next instanceof List<?> buffers) {
      buffers.forEach(each -> open.add((ByteBuffer) each));
      Flow.Subscription known = subscription;
      if (known != null) {
        known.request(1);
      }
    } else {
      ended = true;
    }
  }

  @Override
  public void close() {
    Flow.Subscription known = subscription;
    if (known != null) {
      known.cancel();
    }
  }
}
