package io.gild.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class JournalTests {

  private static final long LIMIT = 60_000;

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("new/journal.jsonl");
  }

  static Journal journal(Path file, String kind) {
    Journal.Builder builder = Journal.builder(file);
    return switch (kind) {
      case "shared" -> builder.build();
      case "rotated" -> builder.maxBytes(LIMIT).build();
      case "exclusive" -> builder.exclusive().build();
      case "durable" -> builder.durable().build();
      case "chained" -> builder.chained().build();
      default -> throw new IllegalArgumentException(kind);
    };
  }

  static String line(String name) {
    return "{\"name\":\"" + name + "\"}";
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "exclusive", "durable", "chained"})
  void keepsAcknowledgedLinesWhenItIsKilled(String kind) throws Exception {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 1; round <= 2; round++) {
      Process writer = writer(kind, "round" + round, Long.MAX_VALUE);
      try (BufferedReader out = writer.inputReader()) {
        for (int i = 0; i < 40; i++) {
          acknowledged.add(out.readLine());
        }
        writer.destroyForcibly().waitFor(); // SIGKILL, while it is writing
      }
    }
    journal(file, kind).append(line("next"));

    List<JournalReader.Line> lines = JournalReader.all(file);
    assertThat(lines.stream().map(line -> withoutChain(line.text()))).containsAll(acknowledged);
    assertThat(withoutChain(lines.get(lines.size() - 1).text())).isEqualTo(line("next"));
    assertThat(lines.stream().filter(line -> !line.isJson()).count())
        .as("unfinished lines, one of each writer at most")
        .isLessThanOrEqualTo(2);
    if (kind.equals("chained")) {
      assertThat(HashChain.check(file).problem()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "exclusive", "chained"})
  void twoJvmsShareAFile(String kind) throws Exception {
    int each = kind.equals("chained") ? 40 : 400;
    List<Process> writers = List.of(writer(kind, "one", each), writer(kind, "two", each));
    List<String> acknowledged = acknowledged(writers);

    assertThat(acknowledged).hasSize(2 * each);
    assertThat(lines().stream().map(JournalTests::withoutChain))
        .containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  @Test
  void twoJvmsRotateAFile() throws Exception {
    int each = 2_000; // of 25 bytes: more than one file holds, less than two
    List<String> acknowledged =
        acknowledged(List.of(writer("rotated", "one", each), writer("rotated", "two", each)));

    List<String> kept = new ArrayList<>(Files.readAllLines(file.resolveSibling("journal.jsonl.1")));
    kept.addAll(lines());
    assertThat(kept).containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  private static String withoutChain(String line) {
    return line.replaceFirst("\"n\":\\d+,\"prev\":\"\\w+\",", "")
        .replaceFirst(",\"hash\":\"\\w+\"", "");
  }

  private Process writer(String kind, String name, long lines) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            JournalWriterMain.class.getName(),
            file.toString(),
            kind,
            name,
            String.valueOf(lines))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> acknowledged(List<Process> writers) throws Exception {
    List<String> lines = new ArrayList<>();
    for (Process writer : writers) {
      try (BufferedReader out = writer.inputReader()) {
        out.lines().forEach(lines::add);
      }
      assertThat(writer.waitFor()).isZero();
    }
    return lines;
  }

  @Test
  void threadsAndJournalsOfOneJvmRotateWithoutLoss() throws Exception {
    Path older = file.resolveSibling("journal.jsonl.1");
    Journal one = Journal.builder(file).maxBytes(12_000).build();
    Journal other = Journal.builder(file).maxBytes(12_000).build();
    List<String> written = new ArrayList<>();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < 900; i++) { // of 20 bytes
      Journal journal = i % 2 == 0 ? one : other;
      String line = line("line-%04d".formatted(i));
      written.add(line);
      tasks.add(() -> {
        journal.append(line);
        return null;
      });
    }
    inParallel(tasks);

    List<String> kept = new ArrayList<>(Files.readAllLines(older));
    kept.addAll(lines());
    assertThat(kept).containsExactlyInAnyOrderElementsOf(written);
  }

  private static void inParallel(List<Callable<Void>> tasks) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (Future<Void> task : pool.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void followsAFileThatAnotherWriterRotates() throws IOException {
    Journal one = Journal.builder(file).maxBytes(32).build();
    Journal other = Journal.builder(file).maxBytes(32).build();
    one.append(line("a"));
    for (String name : List.of("bbbbbb", "cccccc", "dddddd")) {
      other.append(line(name)); // the last two take a new file each
    }
    one.append(line("e"));

    assertThat(lines()).containsExactly(line("dddddd"), line("e"));
  }

  @Test
  void rejectsLinesBeyondTheMaximumSize() throws IOException {
    Journal journal = Journal.builder(file).endingAt(40).build();
    journal.append(line("a"));

    assertThatThrownBy(() -> journal.append(line("a name that is too long for it")))
        .isInstanceOf(Journal.FullException.class)
        .hasMessageContaining(file + " must not be longer than 40 bytes");
    journal.append(line("b"));

    assertThat(lines()).containsExactly(line("a"), line("b"));
    assertThat(file.resolveSibling("journal.jsonl.1")).doesNotExist();
  }

  @Test
  void countsLinesOfOtherWritersTowardsTheMaximumSize() throws IOException {
    Journal one = Journal.builder(file).endingAt(30).build();
    Journal other = Journal.builder(file).endingAt(30).build();
    one.append(line("a"));
    other.append(line("b"));

    assertThatThrownBy(() -> one.append(line("c"))).isInstanceOf(Journal.FullException.class);
    assertThat(lines()).containsExactly(line("a"), line("b"));
  }

  @Test
  void rejectsOnlyTheLinesThatDoNotFit() throws Exception {
    Journal journal = Journal.builder(file).endingAt(20L * 100).build();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    AtomicInteger rejected = new AtomicInteger();
    try {
      List<Callable<Void>> writers =
          IntStream.range(0, 160)
              .<Callable<Void>>mapToObj(i ->
                  () -> {
                    try {
                      journal.append(line("%08d".formatted(i))); // 20 bytes
                    } catch (Journal.FullException full) {
                      rejected.incrementAndGet();
                    }
                    return null;
                  })
              .toList();
      for (Future<Void> each : threads.invokeAll(writers)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(lines()).hasSize(100).doesNotHaveDuplicates();
    assertThat(rejected).hasValue(60);
  }

  @Test
  void doesNotRotateADevice() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device));
    Path link = Files.createSymbolicLink(folder.resolve("calls.jsonl"), device);
    Journal journal = Journal.builder(link).maxBytes(30).build();
    for (int i = 0; i < 10; i++) {
      journal.append(line("some text"));
    }

    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("calls.jsonl.1")).doesNotExist();
  }

  @Test
  void linesOfSeveralThreadsShareOneForce() throws Exception {
    CountDownLatch forcing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger forces = new AtomicInteger();
    Journal journal =
        Journal.builder(file)
            .durable()
            .build(path ->
                new Passing(JournalFile.exclusiveLines(path)) {
                  @Override
                  public void force() throws IOException {
                    if (forces.incrementAndGet() == 1) {
                      forcing.countDown();
                      await(goOn);
                    }
                    super.force();
                  }
                });
    List<Thread> threads = new ArrayList<>();
    threads.add(start(() -> journal.append(line("first"))));
    await(forcing);
    for (int i = 0; i < 20; i++) {
      String line = line("line " + i);
      threads.add(start(() -> journal.append(line)));
    }
    for (Thread thread : threads.subList(1, 21)) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    goOn.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(lines()).hasSize(21);
    assertThat(forces).hasValue(2);
  }

  private interface Task {
    void run() throws IOException;
  }

  private static Thread start(Task task) {
    Thread thread =
        new Thread(() -> {
          try {
            task.run();
          } catch (IOException failure) {
            throw new AssertionError(failure);
          }
        });
    thread.start();
    return thread;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "rotated", "exclusive", "durable", "chained"})
  void keepsTheLineAndTheFlagOfAnInterruptedThread(String kind) throws IOException {
    journal(file, kind).append(line("before"));
    Journal journal = journal(file, kind);
    Thread.currentThread().interrupt();
    journal.append(line("interrupted"));
    boolean flag = Thread.interrupted();
    journal.append(line("after"));

    assertThat(flag).isTrue();
    assertThat(lines().stream().map(JournalTests::withoutChain))
        .containsExactly(line("before"), line("interrupted"), line("after"));
  }

  @Test
  void waitsForTheLockDespiteAnInterrupt() throws Exception {
    journal(file, "exclusive").append(line("before"));
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread writer;
    try (FileChannel lock =
        FileChannel.open(file.resolveSibling("journal.jsonl.lock"), StandardOpenOption.WRITE)) {
      lock.lock();
      writer =
          start(() -> {
            journal(file, "exclusive").append(line("waited"));
            if (Thread.interrupted()) {
              interrupted.countDown();
            }
          });
      writer.interrupt();
      while (writer.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      assertThat(lines()).containsExactly(line("before"));
    }
    writer.join();

    assertThat(lines()).containsExactly(line("before"), line("waited"));
    assertThat(interrupted.getCount()).as("the flag is set again").isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exclusive", "durable", "chained"})
  void removesAPartialLineOnAFullDisk(String kind) throws IOException {
    journal(file, kind).append(line("before"));
    List<String> before = lines();
    Journal full = full(kind, 10);

    assertThatThrownBy(() -> full.append(List.of(line("one"), line("two"))))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThat(lines()).isEqualTo(before);
    journal(file, kind).append(line("after"));
    assertThat(lines().stream().map(JournalTests::withoutChain))
        .containsExactly(line("before"), line("after"));
  }

  @Test
  void doesNotMixALineThatDidNotFitWithTheNext() throws IOException {
    Journal journal = full("shared", 10);

    assertThatThrownBy(() -> journal.append(line("one"))).isInstanceOf(IOException.class);
    assertThat(file).hasSize(10);
    journal.append(line("two"));

    assertThat(lines()).containsExactly(line("one").substring(0, 10), line("two"));
  }

  @Test
  void reportsAFullDisk() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));

    assertThatThrownBy(() -> journal(full, "shared").append(line("one")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
  }

  /** Returns a journal whose disk takes some bytes, and all again once it has failed. */
  private Journal full(String kind, int room) {
    AtomicInteger left = new AtomicInteger(room);
    JournalFile.Opener opener =
        switch (kind) {
          case "shared" -> JournalFile::shared;
          case "chained" -> JournalFile::exclusive;
          default -> JournalFile::exclusiveLines;
        };
    Journal.Builder builder = Journal.builder(file);
    Journal.Builder wanted =
        switch (kind) {
          case "shared" -> builder;
          case "exclusive" -> builder.exclusive();
          case "durable" -> builder.durable();
          default -> builder.chained();
        };
    return wanted.build(path ->
        new Passing(opener.open(path)) {
          @Override
          public void add(byte[] bytes) throws IOException {
            int fits = Math.min(bytes.length, left.getAndSet(Integer.MAX_VALUE));
            super.add(Arrays.copyOf(bytes, fits));
            if (fits < bytes.length) {
              throw new IOException("No space left on device");
            }
          }
        });
  }

  @Test
  void addsNothingToABrokenChain() throws IOException {
    Journal journal = journal(file, "chained");
    for (int i = 1; i <= 5; i++) {
      assertThat(journal.append(List.of(line("line " + i))).lines()).isEqualTo(i);
    }
    Files.writeString(file, Files.readString(file).replace("line 3", "line 8"));
    String before = Files.readString(file);

    assertThatThrownBy(() -> journal.append(line("line 6")))
        .isInstanceOfSatisfying(
            HashChain.BrokenException.class,
            broken -> assertThat(broken.check().head().lines()).isEqualTo(2))
        .hasMessage(file + ":3: this line was changed");
    assertThat(file).hasContent(before);
  }

  @Test
  void continuesAChainAfterSeveralWritersDiedBeforeTheyNotedTheirLine() throws IOException {
    journal(file, "chained").append(line("whole"));
    for (int i = 0; i < 3; i++) {
      Journal dying =
          Journal.builder(file)
              .chained()
              .build(path ->
                  new Passing(JournalFile.exclusive(path)) {
                    @Override
                    public void force() {
                      throw new AssertionError("killed");
                    }
                  });
      assertThatThrownBy(() -> dying.append(line("dying"))).hasRootCauseMessage("killed");
    }
    journal(file, "chained").append(line("after"));

    assertThat(HashChain.check(file).problem()).isEmpty();
    assertThat(HashChain.check(file).head().lines()).isEqualTo(5);
  }

  @Test
  void readsLinesWithTheirNumbersAndATornTail() throws IOException {
    byte[] torn = "{\"a\":1}\n\nnot json\n{\"b\":\"ü".getBytes("UTF-8");
    Files.createDirectories(file.getParent());
    Files.write(file, Arrays.copyOf(torn, torn.length - 1)); // in the middle of the letter

    List<JournalReader.Line> lines = JournalReader.all(file);

    assertThat(lines.stream().map(JournalReader.Line::number)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(lines.stream().map(JournalReader.Line::isJson))
        .containsExactly(true, false, false, false);
    assertThat(lines.stream().map(JournalReader.Line::isTorn))
        .containsExactly(false, false, false, true);
    assertThat(lines.stream().map(JournalReader.Line::end))
        .containsExactly(8L, 9L, 18L, torn.length - 1L);
    assertThat(JournalReader.all(folder.resolve("absent"))).isEmpty();
  }

  @Test
  void readsLinesThatAreLongerThanABuffer() throws IOException {
    String longLine = line("x".repeat(20_000));
    journal(file, "shared").append(List.of(longLine, line("short")));

    assertThat(JournalReader.all(file).stream().map(JournalReader.Line::text))
        .containsExactly(longLine, line("short"));
  }

  @Test
  void endsTheUnfinishedLineOfAWriterThatDied() throws IOException {
    for (String kind : List.of("shared", "exclusive")) {
      PrivateFiles.write(file, "{\"a\":1}\n{\"a\":");
      journal(file, kind).append(line("next"));

      assertThat(lines()).containsExactly("{\"a\":1}", "{\"a\":", line("next"));
    }
  }

  @Test
  void dropsTheUnfinishedLineOfAChain() throws IOException {
    journal(file, "chained").append(line("whole"));
    Files.writeString(file, "{\"n\":2,\"prev", StandardOpenOption.APPEND);
    journal(file, "chained").append(line("next"));

    assertThat(HashChain.check(file).problem()).isEmpty();
    assertThat(lines()).hasSize(2);
  }

  @Test
  void revisesItsLines() throws IOException {
    Journal journal = journal(file, "exclusive");
    journal.revise(present -> List.of("1", "2", "3"));
    journal.revise(present -> present.stream().map(JournalReader.Line::text).skip(1).toList());

    assertThat(Files.readString(file)).isEqualTo("2\n3\n");
    assertThatIllegalStateException()
        .isThrownBy(() -> journal(file, "shared").revise(present -> List.of()));
  }

  @Test
  void onlyTheOwnerReadsItsFiles() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    journal(file, "chained").append(line("one"));

    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files)
          .hasSize(3)
          .allSatisfy(each ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                  .as(each.toString())
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void rejectsTextOfSeveralLines() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> journal(file, "shared").append("{}\n{}"))
        .withMessageStartingWith("a line must not contain line feeds");
    for (String line : List.of("[1]", "{}", "{\"n\":7}", "{\"prev\":\"x\",\"a\":1}", "{\"a\"}")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> journal(file, "chained").append(line))
          .withMessageStartingWith("a line must be an object of JSON");
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> Journal.builder(file).chained().maxBytes(100).build());
    assertThatIllegalArgumentException().isThrownBy(() -> Journal.builder(file).maxBytes(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Journal.builder(file).endingAt(0))
        .withMessage("endingAt must be >= 1, but is 0");
    assertThat(file).doesNotExist();
  }

  @Test
  void writesManyLinesOfOneCallNextToEachOther() throws Exception {
    Journal journal = journal(file, "shared");
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int call = 0; call < 100; call++) {
      List<String> lines = IntStream.range(0, 5).mapToObj(i -> line("line " + i)).toList();
      tasks.add(() -> {
        journal.append(lines);
        return null;
      });
    }
    inParallel(tasks);

    List<String> lines = lines();
    assertThat(lines).hasSize(500);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(lines.get(i)).isEqualTo(line("line " + i % 5));
    }
  }

  /** Passes all on. */
  private static class Passing implements JournalFile {

    private final JournalFile target;

    Passing(JournalFile target) {
      this.target = target;
    }

    @Override
    public void add(byte[] bytes) throws IOException {
      target.add(bytes);
    }

    @Override
    public long mark() throws IOException {
      return target.mark();
    }

    @Override
    public void cut(long mark) throws IOException {
      target.cut(mark);
    }

    @Override
    public void force() throws IOException {
      target.force();
    }

    @Override
    public void close() throws IOException {
      target.close();
    }
  }
}
