/** The live console of a running JVM. */
module io.gild.console {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires io.gild.gates;
  requires static jdk.httpserver;

  exports io.gild.console;

  provides io.gild.config.spi.SettingsModule with
      io.gild.console.ConsoleModule;
}
