/** Digital twins of agents. */
module io.gild.twin {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires transitive io.gild.memory;
  requires transitive io.gild.recording;

  exports io.gild.twin;

  provides io.gild.config.spi.SettingsModule with
      io.gild.twin.TwinModule;
}
