package io.gild.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.config.Experimental;
import io.gild.synchronizers.Permit;
import io.gild.synchronizers.SharedSemaphore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What semaphores do for processes that are killed, paused, or lose their server. A test of an
 * engine extends this class. The size is set by the system properties {@code gild.holders}, {@code
 * gild.permits} and {@code gild.acquisitions}, which are small unless set.
 */
@Experimental
@Timeout(900)
public abstract class PermitHoldersContract extends SynchronizersContract {

  private static final int HOLDERS = Integer.getInteger("gild.holders", 3);
  private static final int PERMITS = Integer.getInteger("gild.permits", 2);
  private static final int ACQUISITIONS = Integer.getInteger("gild.acquisitions", 40);
  private static final int ACQUISITIONS_PER_KILL = 20;

  /** Long enough for a busy machine to renew it in time. */
  private static final Duration HOLDING = Duration.ofSeconds(3);

  private final List<Process> processes = new ArrayList<>();
  private final Random random = new Random(11);

  @SuppressWarnings("NullAway.Init") // set before each test
  private Witness witness;

  /** Creates the tests. */
  protected PermitHoldersContract() {}

  /**
   * Returns where the server is.
   *
   * @return the first argument of {@link #holder}
   */
  protected abstract String url();

  /**
   * Returns the class whose {@code main} opens the engine at its first argument and calls {@link
   * PermitHolder#run} with the others.
   *
   * @return a class that is not private
   */
  protected abstract Class<?> holder();

  /**
   * Takes what was measured.
   *
   * @param figures one line
   */
  protected void report(String figures) {}

  /** Kills the server and starts it again with its data. */
  protected abstract void restartServer();

  @BeforeEach
  void startWitness() throws IOException {
    witness = new Witness();
  }

  @AfterEach
  void killAll() throws InterruptedException {
    for (Process each : processes) {
      kill(each);
    }
    witness.close();
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private Process start(String role, int permits) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java, "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp", classPath));
    command.addAll(List.of(holder().getName(), url(), name, permits + "", HOLDING.toString()));
    command.addAll(List.of(witness.port() + "", role));
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    processes.add(started);
    return started;
  }

  @Test
  void neverExceedsItsPermitsWhileProcessesAreKilledAndTheServerRestarts() throws Exception {
    for (int i = 0; i < HOLDERS; i++) {
      start("user", PERMITS);
    }
    int kills = 0;
    for (int next = ACQUISITIONS_PER_KILL; next < ACQUISITIONS; next += ACQUISITIONS_PER_KILL) {
      awaitEntries(next);
      kill(processes.remove(random.nextInt(processes.size())));
      start("user", PERMITS);
      kills++;
      if (next == ACQUISITIONS / 2 / ACQUISITIONS_PER_KILL * ACQUISITIONS_PER_KILL) {
        restartServer();
      }
    }
    awaitEntries(ACQUISITIONS);
    until("all permits are held", () -> witness.inside() == PERMITS);
    killAllHolders();
    long killed = System.nanoTime();

    List<Permit> all = new ArrayList<>();
    SharedSemaphore semaphore = peer().synchronizers().semaphore(name, PERMITS);
    for (int i = 0; i < PERMITS; i++) {
      all.add(semaphore.acquire(Duration.ofSeconds(60)));
    }
    long returned = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);

    report(figures(kills, returned));
    assertEquals(List.of(), witness.notes());
    assertTrue(witness.most() <= PERMITS, () -> witness.most() + " at once");
    assertTrue(all.stream().allMatch(Permit::isHeld));
    assertTrue(semaphore.tryAcquire().isEmpty());
  }

  private String figures(int kills, long returned) {
    return "%d acquisitions by %d processes, %d killed: at most %d of %d permits at once; all returned %d ms after the last kill, with leases of %d ms"
        .formatted(
            witness.entries(),
            HOLDERS,
            kills,
            witness.most(),
            PERMITS,
            returned,
            HOLDING.toMillis());
  }

  private void awaitEntries(int entries) throws InterruptedException {
    until(entries + " acquisitions", () -> witness.entries() >= entries);
  }

  private void killAllHolders() throws InterruptedException {
    processes.forEach(Process::destroyForcibly);
    for (Process each : processes) {
      each.waitFor();
    }
  }

  @Test
  void letsAResourceRejectAHolderThatWasPaused() throws Exception {
    Process paused = start("stubborn", 1);
    awaitEntries(1);
    signal(paused, "STOP");
    Process next = start("stubborn", 1);
    awaitEntries(2);
    signal(paused, "CONT");

    until("it is rejected and notified", () -> witness.notes().size() == 2);
    assertTrue(witness.notes().contains("lost"), () -> witness.notes().toString());
    assertTrue(next.isAlive());
    assertFalse(witness.notes().contains("token"), () -> witness.notes().toString());
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", "-" + name, process.pid() + "").start().waitFor();
    assertEquals(0, exit, "kill -" + name);
  }
}
