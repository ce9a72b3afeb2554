/** The Agent2Agent protocol: server, client and agent cards. */
module io.gild.a2a {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;
  requires java.net.http;
  requires jdk.httpserver;

  exports io.gild.a2a;
  exports io.gild.a2a.client;
  exports io.gild.a2a.serve;
  exports io.gild.a2a.server;
  exports io.gild.a2a.spi;

  provides io.gild.config.spi.SettingsModule with
      io.gild.a2a.server.A2aModule;
}
