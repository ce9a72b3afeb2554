package io.gild.testkit;

import io.gild.core.spi.Clock;
import io.gild.synchronizers.Synchronizers;
import io.gild.synchronizers.spi.LeaseStore;
import org.junit.jupiter.api.Nested;

/** The contracts of synchronizers, on the engine in this process. */
class InProcessSynchronizersTests {

  private final LeaseStore store = Synchronizers.inProcessStore(Clock.SYSTEM);

  @Nested
  class Semaphores extends SemaphoreContract {

    @Override
    protected LeaseStore connect() {
      return store;
    }
  }

  @Nested
  class Barriers extends BarrierContract {

    @Override
    protected LeaseStore connect() {
      return store;
    }
  }

  @Nested
  class Queues extends QueueContract {

    @Override
    protected LeaseStore connect() {
      return store;
    }
  }

  @Nested
  class Leaders extends LeaderContract {

    @Override
    protected LeaseStore connect() {
      return store;
    }
  }
}
