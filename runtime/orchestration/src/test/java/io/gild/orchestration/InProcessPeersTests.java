package io.gild.orchestration;

import io.gild.coordination.BrokerLimits;
import io.gild.coordination.EmbeddedEngine;
import io.gild.core.spi.Clock;

class InProcessPeersTests extends BrokerPeersContract {

  @Override
  EmbeddedEngine engine() {
    return EmbeddedEngine.inProcess(BrokerLimits.DEFAULT, Clock.SYSTEM);
  }
}
