package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Json;
import io.gild.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CallLogQueueTests {

  private static final ManualClock CLOCK = ManualClock.create();

  @TempDir Path folder;

  private final List<String> written = new CopyOnWriteArrayList<>();

  @Test
  void writesAllLinesInTheirOrderBeforeItIsClosed() {
    CallLogQueue log = log(written::addAll, 4_096);
    IntStream.range(0, 1_000).forEach(number -> log.accept(line(number)));
    log.close();

    assertThat(written)
        .isEqualTo(IntStream.range(0, 1_000).mapToObj(n -> Json.write(line(n))).toList());
    assertThat(log.overflown() + log.unwritten()).isZero();
  }

  @Test
  void writesTheLinesOfManyThreads() throws Exception {
    CallLogQueue log = log(written::addAll, 100_000);
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(each ->
                new Thread(
                    () -> IntStream.range(0, 1_000).forEach(number -> log.accept(line(number)))))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    log.close();
    assertThat(written).hasSize(8_000);
  }

  @Test
  void losesAndMentionsLinesThatFindTheQueueFull() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    CallLogQueue log =
        log(
            lines -> {
              begun.countDown();
              await(released);
              written.addAll(lines);
            },
            10);
    log.accept(line(0));
    begun.await();
    IntStream.rangeClosed(1, 30).forEach(number -> log.accept(line(number)));
    assertThat(log.overflown()).isEqualTo(20);

    released.countDown();
    log.close();
    assertThat(written)
        .hasSize(12)
        .startsWith(Json.write(line(0)))
        .contains(
            "{\"time\":\"" + CLOCK.now() + "\",\"event\":\"lines_lost\",\"lost\":20}",
            Json.write(line(10)));
  }

  @Test
  void doesNotKeepItsCallerWaitingWhenItIsClosedButCannotWrite() {
    CountDownLatch never = new CountDownLatch(1);
    CallLogQueue log = log(lines -> await(never), 10);
    log.accept(line(1));
    log.close(); // returns although the line is not written
    log.accept(line(2));

    assertThat(log.overflown()).isEqualTo(1);
    never.countDown();
  }

  @Test
  void goesOnWithoutLossWhenAMissingFolderIsThereAgain() throws Exception {
    Path parent = Files.writeString(folder.resolve("logs"), "not a folder");
    Path file = parent.resolve("calls.jsonl");
    CallLogFile output = new CallLogFile(file, 10_000);
    CountDownLatch failed = new CountDownLatch(1);
    CallLogQueue log =
        log(
            lines -> {
              try {
                output.write(lines);
              } catch (IOException fault) {
                failed.countDown();
                throw fault;
              }
            },
            100);
    log.accept(line(1));
    failed.await();
    log.accept(line(2));
    Files.delete(parent);
    log.close();

    assertThat(Files.readAllLines(file)).containsExactly(Json.write(line(1)), Json.write(line(2)));
    assertThat(log.unwritten()).isZero();
  }

  @Test
  void neverWritesALineTwiceIfAPartOfItMayBeThere() {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch second = new CountDownLatch(1);
    CallLogQueue log =
        log(
            lines -> {
              if (attempts.incrementAndGet() == 1) {
                throw new IOException("No space left on device");
              }
              written.addAll(lines);
              second.countDown();
            },
            100);
    log.accept(line(1));
    await(second);
    log.close();

    assertThat(log.unwritten()).isEqualTo(1);
    assertThat(written).singleElement().asString().contains("\"lines_lost\",\"lost\":1}");
  }

  @Test
  void countsTheLinesThatAreNotWrittenAtTheEnd() {
    CallLogQueue log =
        log(
            lines -> {
              throw new FileSystemException("calls.jsonl");
            },
            100);
    IntStream.range(0, 50).forEach(number -> log.accept(line(number)));
    log.close();

    assertThat(log.unwritten()).isEqualTo(50);
  }

  @Test
  void leavesNoThreadAfterItIsClosed() {
    List<Thread> writers = new CopyOnWriteArrayList<>();
    CallLogQueue log = log(lines -> writers.add(Thread.currentThread()), 100);
    log.accept(line(1));
    log.close();

    assertThat(writers).singleElement().matches(thread -> !thread.isAlive());
    assertThat(writers.get(0).isDaemon()).isTrue();
  }

  @Test
  void writesWithoutTheClassLoaderOfTheCaller() {
    List<Object> loaders = new CopyOnWriteArrayList<>();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    ClassLoader own = new ClassLoader() {};
    CallLogQueue log =
        log(lines -> loaders.add(Thread.currentThread().getContextClassLoader() == own), 100);
    Thread.currentThread().setContextClassLoader(own);
    try {
      log.accept(line(1));
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    log.close();
    assertThat(loaders).containsExactly(false);
  }

  private static Map<String, Object> line(int number) {
    return Map.of("call", number);
  }

  private static CallLogQueue log(CallLogQueue.Output output, int most) {
    return new CallLogQueue("test", output, CLOCK, most);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
