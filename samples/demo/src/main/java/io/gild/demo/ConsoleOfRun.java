package io.gild.demo;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The console of an agent's JVM: prints its address, and keeps the JVM until Enter is pressed. */
final class ConsoleOfRun {

  private static final Pattern ADDRESS = Pattern.compile("The console is (\\S+)");
  private static final Pattern ANSWERED = Pattern.compile("answered all; staying");

  private final RunProgress progress;
  private final boolean stays;
  private volatile boolean open;
  private volatile long answeredNanos;
  private String address = "";

  /**
   * Creates the console of one run.
   *
   * @param stays whether it stays open after the run
   */
  ConsoleOfRun(RunProgress progress, boolean stays) {
    this.progress = progress;
    this.stays = stays;
  }

  /** Returns the options of the agent's JVM. */
  List<String> properties() {
    return stays ? List.of("-Dsupport.stay=true") : List.of();
  }

  /** Returns whether the run is over and its JVM is kept. */
  boolean isOpen() {
    return open;
  }

  /** Returns when the last question was answered, which is now unless the JVM was kept. */
  long whenAnswered(long now) {
    return open ? answeredNanos : now;
  }

  /** Reads a line of the agent's output; returns whether the line is about the console. */
  boolean takes(String line, Process process) {
    Matcher known = ADDRESS.matcher(line);
    if (known.find()) {
      address = known.group(1);
      progress.say("  Console: " + address);
      return true;
    }
    if (!stays || !ANSWERED.matcher(line).find()) {
      return false;
    }
    answeredNanos = System.nanoTime();
    open = true;
    keep(process);
    return true;
  }

  private void keep(Process process) {
    progress.print(
        address.isEmpty()
            ? "  There is no console: the lines above have the reason. Press Enter to go on."
            : "  The console stays open: " + address + "  Press Enter to end it.");
    Thread waiting = new Thread(() -> endAfterEnter(process), "waits for Enter");
    waiting.setDaemon(true);
    waiting.start();
  }

  private static void endAfterEnter(Process process) {
    awaitEnter();
    try {
      process.getOutputStream().close();
    } catch (IOException ended) {
      // so is the process
    }
  }

  /** Waits until Enter is pressed or the input ends. */
  static void awaitEnter() {
    try {
      int read = System.in.read();
      while (read >= 0 && read != '\n') {
        read = System.in.read();
      }
    } catch (IOException noInput) {
      // as if it had ended
    }
  }
}
