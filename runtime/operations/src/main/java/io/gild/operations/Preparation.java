package io.gild.operations;

import io.gild.config.Durations;
import io.gild.config.PrivateFiles;
import io.gild.core.GildLog;
import io.gild.operations.spi.SmokeCheck;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happens before the new version gets any call: its process is started if the settings have a
 * command, and it is tested on its own address. The process outlives this JVM.
 */
final class Preparation {

  /**
   * How far it is.
   *
   * @param ready whether the version may get calls
   * @param failed whether it must not get any
   */
  record Outcome(boolean ready, boolean failed, String reason) {

    static final Outcome WAITING = new Outcome(false, false, "");

    static Outcome failed(String reason) {
      return new Outcome(false, true, reason);
    }
  }

  /** Begins what is said of a version that is not healthy. */
  private static final String HEALTH = "health:";

  private static final int CONNECT_MILLIS = 500;
  private static final long STOP_SECONDS = 10;

  private final RolloutPlan plan;
  private final VersionSettings canary;
  private final RolloutHistory history;
  private final RolloutLog log;
  private final SmokeCheck smoke;
  private final Path output;
  private long waited;
  private @Nullable CompletableFuture<String> testing;

  Preparation(
      RolloutPlan plan, RolloutHistory history, RolloutLog log, SmokeCheck smoke, Path output) {
    this.plan = plan;
    this.canary = plan.settings().canary();
    this.history = history;
    this.log = log;
    this.smoke = smoke;
    this.output = output;
  }

  boolean isNeeded() {
    return canary.address() != null || !canary.start().isEmpty();
  }

  /** Goes on. */
  Outcome go(long passed) throws IOException {
    if (!canary.start().isEmpty()) {
      Outcome started = awaitProcess(passed);
      if (!started.ready()) {
        return started;
      }
    }
    String address = canary.address();
    return address == null ? new Outcome(true, false, "the process runs") : test(address, passed);
  }

  private Duration startTimeout() {
    return Objects.requireNonNull(canary.startTimeout());
  }

  private Outcome awaitProcess(long passed) throws IOException {
    RolloutHistory.StartedProcess process = history.process();
    if (process == null) {
      try {
        startProcess();
      } catch (IOException missing) {
        return Outcome.failed("the new version could not be started: " + missing.getMessage());
      }
      waited = 0;
      return Outcome.WAITING;
    }
    if (find(process).isEmpty()) {
      return Outcome.failed(
          "the process " + process.pid() + " of the new version ended; its output is in " + output);
    }
    String address = canary.address();
    if (address == null || answers(URI.create(address))) {
      return new Outcome(true, false, "the process runs");
    }
    waited += passed;
    Duration most = startTimeout();
    return waited < most.toNanos()
        ? Outcome.WAITING
        : Outcome.failed(
            "the new version did not answer on "
                + address
                + " within "
                + Durations.format(most)
                + "; its output is in "
                + output);
  }

  private void startProcess() throws IOException {
    PrivateFiles.createDirectories(Objects.requireNonNull(output.getParent()));
    PrivateFiles.write(output, "");
    ProcessBuilder command = new ProcessBuilder(canary.start());
    command.redirectErrorStream(true);
    command.redirectInput(new File("/dev/null"));
    command.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    Process process = command.start();
    Instant since = process.info().startInstant().orElse(Instant.EPOCH);
    log.process(process.pid(), since);
  }

  /** Finds a process again, unless another one has its number now. */
  private static Optional<ProcessHandle> find(RolloutHistory.StartedProcess process) {
    return ProcessHandle.of(process.pid())
        .filter(ProcessHandle::isAlive)
        .filter(handle ->
            process.since().equals(Instant.EPOCH)
                || handle.info().startInstant().map(process.since()::equals).orElse(true));
  }

  private static boolean answers(URI address) {
    int port =
        address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private Outcome test(String address, long passed) {
    waited += passed;
    CompletableFuture<String> known = testing;
    if (known == null) {
      known =
          CompletableFuture.supplyAsync(
              () -> smoke.run(address), work -> daemon(work, plan.name()).start());
      testing = known;
    }
    if (!known.isDone()) {
      return Outcome.WAITING;
    }
    String failed = known.handle((said, fault) -> fault == null ? said : fault.toString()).join();
    testing = null;
    if (failed.isEmpty()) {
      return new Outcome(true, false, "the smoke tests passed on " + address);
    }
    // A process that was started just now may listen before it is ready.
    return failed.startsWith(HEALTH) && waited < startTimeout().toNanos()
        ? Outcome.WAITING
        : Outcome.failed("a smoke test failed on " + address + ": " + failed);
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, "gild-smoke-" + name);
    thread.setDaemon(true);
    return thread;
  }

  /** Stops the process of the new version, if the rollout started it. */
  void stop() throws IOException {
    RolloutHistory.StartedProcess process = history.process();
    if (process == null) {
      return;
    }
    Optional<ProcessHandle> running = find(process);
    if (running.isPresent()) {
      ProcessHandle handle = running.get();
      handle.destroy();
      try {
        handle.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } catch (Exception slow) {
        GildLog.info("The process " + process.pid() + " did not end by itself and is killed.");
        handle.destroyForcibly();
      }
    }
    log.process(0, Instant.EPOCH);
  }
}
