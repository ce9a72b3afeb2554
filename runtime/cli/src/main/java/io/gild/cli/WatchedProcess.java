package io.gild.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A JVM that was running already; the javaagent is detached when the watching ends. */
final class WatchedProcess implements Watching {

  private final String pid;
  private final AgentJar agent;
  private final CountDownLatch over = new CountDownLatch(1);

  WatchedProcess(String pid, AgentJar agent) {
    this.pid = pid;
    this.agent = agent;
  }

  @Override
  public void await(@Nullable Duration most) throws InterruptedException {
    ProcessHandle.of(Long.parseLong(pid))
        .ifPresentOrElse(process -> process.onExit().thenRun(over::countDown), over::countDown);
    if (most == null) {
      endAtEnter();
      over.await();
    } else {
      over.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void endAtEnter() {
    System.err.println("gild: watching process " + pid + "; Enter or Ctrl-C ends it");
    Thread reader = new Thread(this::readLine, "enter");
    reader.setDaemon(true);
    reader.start();
  }

  private void readLine() {
    try {
      int read = System.in.read();
      while (read >= 0 && read != '\n') {
        read = System.in.read();
      }
      if (read == '\n') {
        over.countDown();
      }
    } catch (IOException closed) {
      // No one can press Enter; the process ends it, or Ctrl-C.
    }
  }

  @Override
  public void end() throws IOException, InterruptedException {
    if (ProcessHandle.of(Long.parseLong(pid)).isPresent()) {
      agent.detach(pid);
    }
  }

  @Override
  public String outcome() {
    return "process " + pid + " wrote nothing";
  }
}
