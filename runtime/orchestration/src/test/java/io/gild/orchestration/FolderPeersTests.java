package io.gild.orchestration;

import io.gild.coordination.BrokerLimits;
import io.gild.coordination.EmbeddedEngine;
import io.gild.core.spi.Clock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderPeersTests extends BrokerPeersContract {

  @TempDir Path folder;

  @Override
  EmbeddedEngine engine() {
    return EmbeddedEngine.folder(folder, BrokerLimits.DEFAULT, Clock.SYSTEM);
  }
}
