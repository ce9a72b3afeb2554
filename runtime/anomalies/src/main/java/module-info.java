/** Learns what is usual for each agent, and reports what is not. */
module io.gild.anomalies {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;

  exports io.gild.anomalies;

  provides io.gild.config.spi.SettingsModule with
      io.gild.anomalies.AnomaliesModule;
}
