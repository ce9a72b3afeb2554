/** Routing over model tiers. */
module io.gild.routing {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.core;

  exports io.gild.routing;

  provides io.gild.config.spi.SettingsModule with
      io.gild.routing.RoutingModule;

  uses io.gild.core.spi.AnswerVerifier;
}
