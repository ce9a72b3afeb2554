package io.gild.synchronizers;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.SharedPermits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Permits for the stages of a runtime: those of semaphores in its synchronizers. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SharedPermits.class)
public final class SemaphorePermits implements SharedPermits {

  /** Creates the permits; the service loader does. */
  public SemaphorePermits() {}

  @Override
  public SharedPermits.@Nullable Permit acquire(
      RuntimeScope runtime, String name, int permits, Duration timeout)
      throws IOException, InterruptedException {
    try {
      SharedSemaphore semaphore = semaphore(runtime, name, permits);
      var permit =
          timeout.isZero() ? semaphore.tryAcquire().orElse(null) : semaphore.acquire(timeout);
      return permit == null ? null : permit::close;
    } catch (TimeoutException none) {
      return null;
    } catch (SynchronizerException unreachable) {
      throw new IOException(unreachable.getMessage(), unreachable);
    }
  }

  private static SharedSemaphore semaphore(RuntimeScope runtime, String name, int permits) {
    if (runtime.settings().get(SynchronizerSettings.SECTION).isInProcess()) {
      GildLog.infoOnce(
          "The permits of %s are shared within this JVM alone: synchronizers.engine is in-process. Use redis or nats for several JVMs."
              .formatted(name));
    }
    return Synchronizers.of(runtime).semaphore(name, permits);
  }
}
