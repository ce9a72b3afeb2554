/** Messages between agents, and their broker. */
module io.gild.coordination {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.a2a;

  exports io.gild.coordination;
  exports io.gild.coordination.spi;

  uses io.gild.coordination.spi.BrokerEngineProvider;

  provides io.gild.config.spi.SettingsModule with
      io.gild.coordination.CoordinationModule;
}
