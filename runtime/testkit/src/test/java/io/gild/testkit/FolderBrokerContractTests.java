package io.gild.testkit;

import io.gild.coordination.BrokerLimits;
import io.gild.coordination.EmbeddedEngine;
import io.gild.coordination.spi.BrokerEngine;
import io.gild.core.spi.Clock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderBrokerContractTests extends BrokerContract {

  @TempDir Path folder;

  @Override
  protected BrokerEngine create(BrokerLimits limits) {
    return EmbeddedEngine.folder(folder, limits, Clock.SYSTEM);
  }
}
