package io.gild.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The size and the keys of the terminal, by the command {@code stty}. Without it, the size is 120
 * by 40 and a key needs Enter.
 */
final class Terminal {

  private static final int USUAL_WIDTH = 120;
  private static final int USUAL_HEIGHT = 40;
  private static final int POLL_MILLIS = 50;
  private static final int PATIENCE_SECONDS = 2;
  private static final int END_OF_TEXT = 3;

  private String before = "";
  private int width = USUAL_WIDTH;
  private int height = USUAL_HEIGHT;

  /** Lets keys be read without Enter and without an echo. */
  void readSingleKeys() {
    before = run("-g");
    if (!before.isEmpty()) {
      run("-icanon", "-echo", "min", "0", "time", "0");
    }
  }

  /** Makes the terminal as it was. */
  void restore() {
    if (!before.isEmpty()) {
      run(before);
    }
  }

  /** Returns the width now; measures the terminal. */
  int width() {
    String[] size = run("size").split(" ");
    if (size.length == 2 && size[0].matches("\\d{1,4}") && size[1].matches("\\d{1,4}")) {
      height = Math.max(2, Integer.parseInt(size[0]));
      width = Math.max(20, Integer.parseInt(size[1]));
    }
    return width;
  }

  /** Returns the height that was measured last. */
  int height() {
    return height;
  }

  /** Waits for a key for a while; returns whether it was q, or there is no input any more. */
  boolean isEndRequested(int millis) throws InterruptedException {
    try {
      InputStream keys = System.in;
      for (int waited = 0; waited < millis; waited += POLL_MILLIS) {
        while (keys.available() > 0) {
          int key = keys.read();
          if (key == 'q' || key == 'Q' || key == END_OF_TEXT || key < 0) {
            return true;
          }
        }
        Thread.sleep(POLL_MILLIS);
      }
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  private static String run(String... arguments) {
    try {
      ProcessBuilder builder = new ProcessBuilder("stty");
      builder.command().addAll(List.of(arguments));
      builder.redirectInput(new File("/dev/tty"));
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      Process stty = builder.start();
      String out = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && stty.exitValue() == 0
          ? out.strip()
          : "";
    } catch (IOException absent) {
      return "";
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
