package io.gild.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConsoleThreadsTests {

  private static final int PATIENCE_SECONDS = 60;

  @Test
  void leaveAClientThatDoesNotRead() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    try (ConsoleThreads threads = new ConsoleThreads(1, Duration.ofMillis(200));
        ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress("127.0.0.1", 0));
      try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
          SocketChannel accepted = server.accept()) {
        client.setOption(StandardSocketOptions.SO_RCVBUF, 1_024);
        threads.execute(() -> {
          try {
            while (accepted.isOpen()) {
              accepted.write(ByteBuffer.allocate(1_048_576));
            }
          } catch (Exception closed) {
            end.complete(closed);
          }
        });
        assertThat(end.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
            .isInstanceOf(ClosedByInterruptException.class);
      }
      CountDownLatch next = new CountDownLatch(1);
      threads.execute(() -> {
        if (!Thread.currentThread().isInterrupted()) {
          next.countDown();
        }
      });
      assertThat(next.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void letAThreadRestAsLongAsItLikes() throws Exception {
    CountDownLatch other = new CountDownLatch(1);
    CompletableFuture<Boolean> rested = new CompletableFuture<>();
    try (ConsoleThreads threads = new ConsoleThreads(1, Duration.ofMillis(50))) {
      threads.execute(() -> {
        threads.rest();
        try {
          rested.complete(other.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
          rested.complete(false);
        }
      });
      CountDownLatch interrupted = new CountDownLatch(1);
      threads.execute(() -> {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException late) {
          interrupted.countDown();
        }
      });
      assertThat(interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      other.countDown();
      assertThat(rested.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }
}
