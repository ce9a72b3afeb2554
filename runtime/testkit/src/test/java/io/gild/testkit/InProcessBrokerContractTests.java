package io.gild.testkit;

import io.gild.coordination.BrokerLimits;
import io.gild.coordination.EmbeddedEngine;
import io.gild.coordination.spi.BrokerEngine;
import io.gild.core.spi.Clock;

class InProcessBrokerContractTests extends BrokerContract {

  @Override
  protected BrokerEngine create(BrokerLimits limits) {
    return EmbeddedEngine.inProcess(limits, Clock.SYSTEM);
  }
}
