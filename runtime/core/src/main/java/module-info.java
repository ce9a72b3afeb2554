/** The governed call: runtime, pipeline and what modules implement to take part in it. */
module io.gild.core {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.config;
  requires java.net.http;
  requires static transitive jdk.httpserver;

  exports io.gild.core;
  exports io.gild.core.spi;

  provides io.gild.config.spi.SettingsModule with
      io.gild.core.CoreModule;
}
