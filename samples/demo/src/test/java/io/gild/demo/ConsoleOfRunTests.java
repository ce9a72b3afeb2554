package io.gild.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConsoleOfRunTests {

  private static final String STARTED =
      "[gild] The console is http://127.0.0.1:4711/#token=x and records the newest calls.";

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Test
  void printsTheAddressWithItsToken() throws Exception {
    ConsoleOfRun console = console(false);

    assertThat(console.takes(STARTED, child())).isTrue();
    assertThat(printed()).contains("Console: http://127.0.0.1:4711/#token=x\n");
    assertThat(console.properties()).isEmpty();
  }

  @Test
  void leavesOtherLinesToTheirReaders() throws Exception {
    assertThat(console(true).takes("answered 25/60", child())).isFalse();
  }

  @Test
  void endsTheAgentWhenEnterIsPressed() throws Exception {
    ConsoleOfRun console = console(true);
    Process child = child();
    InputStream before = System.in;
    System.setIn(InputStream.nullInputStream());
    try {
      console.takes(STARTED, child);
      assertThat(console.isOpen()).isFalse();
      assertThat(console.takes("answered all; staying until the input ends", child)).isTrue();

      assertThat(child.waitFor()).isZero();
    } finally {
      System.setIn(before);
      child.destroyForcibly();
    }
    assertThat(console.isOpen()).isTrue();
    assertThat(console.whenAnswered(Long.MAX_VALUE)).isLessThan(Long.MAX_VALUE);
    assertThat(printed()).contains("stays open: http://127.0.0.1:4711/#token=x");
  }

  private ConsoleOfRun console(boolean stays) {
    return new ConsoleOfRun(
        new RunProgress(new PrintStream(output, true, StandardCharsets.UTF_8), false), stays);
  }

  private String printed() {
    return output.toString(StandardCharsets.UTF_8).replace("\r", "");
  }

  /** Starts a JVM that ends when its input does. */
  private static Process child() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            UntilInputEnds.class.getName())
        .start();
  }

  /** A program that ends when its input does. */
  static final class UntilInputEnds {

    public static void main(String[] args) throws Exception {
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
