package io.gild.evaluation;

import io.gild.config.Json;
import io.gild.gates.ResultLog;
import io.gild.gates.TaskResult;
import io.gild.golden.DeclaredAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A worker JVM, seen from the one that gives it tasks. Used by one thread at a time. */
final class WorkerProcess {

  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  /** A child process of the worker may keep its output open. */
  private static final Duration LONGEST_OUTPUT = Duration.ofSeconds(2);

  private static final int REMEMBERED = 4_000;

  private final Process process;

  /** The agents that the worker has received, by their numbers. */
  private final Map<DeclaredAgent, Integer> sent = new IdentityHashMap<>();

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final StringBuilder printed = new StringBuilder();
  private final Thread output;

  private WorkerProcess(Process process) {
    this.process = process;
    daemon("gild-worker-results", this::readResults);
    this.output = daemon("gild-worker-output", this::readOutput);
  }

  /** Starts a worker and waits until it is ready. */
  static WorkerProcess start(WorkerCommand command)
      throws IOException, InterruptedException, TimeoutException {
    WorkerProcess worker =
        new WorkerProcess(
            new ProcessBuilder(command.arguments())
                .directory(command.workingFolder().toFile())
                .start());
    try {
      worker.next(LONGEST_START, Worker.READY);
      return worker;
    } catch (IOException died) {
      worker.kill();
      throw new IOException("the JVM for the agent did not start: " + worker.ending(), died);
    } catch (InterruptedException | TimeoutException failure) {
      worker.kill();
      throw failure;
    }
  }

  /**
   * Makes a run.
   *
   * @throws IOException if the worker dies
   * @throws TimeoutException if it does not answer in time
   */
  TaskResult run(PlannedRun planned, Duration longest)
      throws IOException, InterruptedException, TimeoutException {
    Map<String, Object> order = new LinkedHashMap<>();
    Integer known = sent.get(planned.agent());
    if (known == null) {
      known = sent.size();
      sent.put(planned.agent(), known);
      order.put("declared", planned.agent().toJson());
    }
    order.put("agent", known);
    order.put("task", planned.spec().id());
    order.put("repeat", planned.repeat());
    order.put("seed", planned.seed());
    order.put("timeoutNanos", planned.timeout().toNanos());
    OutputStream out = process.getOutputStream();
    out.write((Json.write(order) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return ResultLog.parse(next(longest, Worker.RESULT).substring(Worker.RESULT.length()));
  }

  private String next(Duration longest, String prefix)
      throws IOException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (true) {
      String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new TimeoutException();
      }
      if (line.startsWith(prefix)) {
        return line;
      }
      if (line.equals(Worker.GONE)) {
        throw new IOException("the worker died");
      }
    }
  }

  /** Describes how the worker ended, with the last line it printed. */
  String ending() {
    String status;
    try {
      status =
          process.waitFor(2, TimeUnit.SECONDS)
              ? "with exit status " + process.exitValue()
              : "without an exit status";
      output.join(LONGEST_OUTPUT.toMillis()); // its last line may still be on its way
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      status = "while this run was ended";
    }
    String last = lastLine();
    return "the agent ended its JVM " + status + (last == null ? "" : "; its last line: " + last);
  }

  private @Nullable String lastLine() {
    synchronized (printed) {
      String text = printed.toString().strip();
      return text.isEmpty() ? null : text.substring(text.lastIndexOf('\n') + 1);
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Lets the worker end by itself, because its agents may have something to close. */
  void end(long time, TimeUnit unit) {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(time, unit)) {
        kill();
      }
    } catch (IOException e) {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  private void readResults() {
    try (BufferedReader reader = reader(process.getInputStream())) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(Worker.RESULT) || line.startsWith(Worker.READY)) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      // closed as well
    }
    lines.add(Worker.GONE);
  }

  /** An agent that prints megabytes must neither block nor fill this JVM. */
  private void readOutput() {
    char[] buffer = new char[8192];
    try (BufferedReader reader = reader(process.getErrorStream())) {
      for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
        synchronized (printed) {
          printed.append(buffer, 0, read);
          if (printed.length() > REMEMBERED) {
            printed.delete(0, printed.length() - REMEMBERED);
          }
        }
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static BufferedReader reader(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
