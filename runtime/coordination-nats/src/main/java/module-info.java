/** Messages and synchronizers in NATS JetStream. */
module io.gild.coordination.nats {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.coordination;
  requires transitive io.gild.synchronizers;
  requires io.nats.jnats;

  exports io.gild.coordination.nats;

  provides io.gild.config.spi.SettingsModule with
      io.gild.coordination.nats.CoordinationNatsModule,
      io.gild.coordination.nats.NatsSynchronizersModule;
  provides io.gild.coordination.spi.BrokerEngineProvider with
      io.gild.coordination.nats.NatsEngineProvider;
  provides io.gild.synchronizers.spi.LeaseStoreProvider with
      io.gild.coordination.nats.NatsLeaseStoreProvider;
}
