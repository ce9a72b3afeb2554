package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OffloadedStepTests {

  /** A thread that keeps its class loader, as some do under a security manager. */
  private static final class Refusing extends Thread {

    Refusing(Runnable task) {
      super(task);
    }

    @Override
    public void setContextClassLoader(@Nullable ClassLoader loader) {
      throw new SecurityException("setContextClassLoader");
    }

    @Override
    public @Nullable ClassLoader getContextClassLoader() {
      throw new SecurityException("getClassLoader");
    }
  }

  @Test
  void answersFromAThreadThatKeepsItsClassLoader() throws Throwable {
    OffloadedStep step = new OffloadedStep(() -> "because");
    new Refusing(step).start();
    assertThat(step.await(TimeUnit.SECONDS.toNanos(20))).isTrue();
    assertThat(step.result()).isEqualTo("because");
  }
}
