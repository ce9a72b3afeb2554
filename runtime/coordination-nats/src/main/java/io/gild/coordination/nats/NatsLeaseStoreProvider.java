package io.gild.coordination.nats;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.LeaseStoreProvider;

/** Opens the engine {@code nats}, at the NATS server of {@code synchronizers.nats}. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(LeaseStoreProvider.class)
public final class NatsLeaseStoreProvider implements LeaseStoreProvider {

  /** Creates the provider; the service loader does. */
  public NatsLeaseStoreProvider() {}

  @Override
  public String name() {
    return "nats";
  }

  /** Opens the engine; it connects when it is used, so that NATS may start later. */
  @Override
  public LeaseStore open(RuntimeScope runtime) {
    NatsSynchronizers.Nats nats = runtime.settings().get(NatsSynchronizers.SECTION).nats();
    return new NatsLeaseStore(nats.url(), nats.timeout(), nats.bucket(), nats.replicas());
  }
}
