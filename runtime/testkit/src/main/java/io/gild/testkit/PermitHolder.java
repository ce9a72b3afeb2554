package io.gild.testkit;

import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import io.gild.synchronizers.Permit;
import io.gild.synchronizers.SharedSemaphore;
import io.gild.synchronizers.SynchronizerException;
import io.gild.synchronizers.Synchronizers;
import io.gild.synchronizers.spi.LeaseStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that uses a resource with permits of a semaphore, until it is killed. The main class of
 * a test of an engine calls {@link #run}.
 */
@Experimental
public final class PermitHolder {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int LONGEST_USE_MILLIS = 40;
  private static final int LONG_USE = 50;

  private final SharedSemaphore semaphore;
  private final Duration lease;
  private final Socket socket;
  private final BufferedReader answers;

  private PermitHolder(SharedSemaphore semaphore, Duration lease, Socket socket)
      throws IOException {
    this.semaphore = semaphore;
    this.lease = lease;
    this.socket = socket;
    this.answers =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Uses the resource until it is gone.
   *
   * @param store the engine
   * @param arguments what {@link PermitHoldersContract} gave the process after the engine's URL
   * @throws Exception if the resource is gone
   */
  public static void run(LeaseStore store, String... arguments) throws Exception {
    Duration lease = Duration.parse(arguments[2]);
    Synchronizers synchronizers = Synchronizers.of(store, lease, Clock.SYSTEM);
    SharedSemaphore semaphore =
        synchronizers.semaphore(arguments[0], Integer.parseInt(arguments[1]));
    int port = Integer.parseInt(arguments[3]);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      PermitHolder holder = new PermitHolder(semaphore, lease, socket);
      if (arguments[4].equals("stubborn")) {
        holder.writeUntilRejected();
      } else {
        holder.useForever();
      }
    }
  }

  private void useForever() throws IOException, InterruptedException {
    for (int i = ThreadLocalRandom.current().nextInt(LONG_USE); ; i++) {
      try (Permit permit = semaphore.acquire(TIMEOUT)) {
        send("enter", permit);
        TimeUnit.MILLISECONDS.sleep(useMillis(i));
        send("exit", permit);
      } catch (SynchronizerException | TimeoutException unreachable) {
        TimeUnit.MILLISECONDS.sleep(LONGEST_USE_MILLIS); // until the server is back
      }
    }
  }

  /** Most uses are short; some last longer than a lease, which is renewed. */
  private long useMillis(int number) {
    return number % LONG_USE == 0
        ? lease.toMillis() * 3 / 2
        : ThreadLocalRandom.current().nextInt(LONGEST_USE_MILLIS);
  }

  private void writeUntilRejected() throws IOException, InterruptedException, TimeoutException {
    Permit permit = semaphore.acquire(TIMEOUT);
    permit.onLost(() -> note(permit));
    send("enter", permit);
    while (!send("write", permit).equals("stale")) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    send(permit.isHeld() ? "rejected-while-held" : "rejected", permit);
    TimeUnit.MILLISECONDS.sleep(TIMEOUT.toMillis());
  }

  private void note(Permit permit) {
    try {
      send("lost", permit);
    } catch (IOException gone) {
      // the test is over
    }
  }

  private synchronized String send(String word, Permit permit) throws IOException {
    String line = word + " " + permit.token() + "\n";
    socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the resource is gone");
    }
    return answer;
  }
}
