/** Shares of the traffic, by HAProxy and by Kubernetes' Gateway API. */
module io.gild.traffic {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.operations;
  requires java.net.http;

  exports io.gild.traffic;

  provides io.gild.operations.spi.TrafficEngineProvider with
      io.gild.traffic.GatewayProvider,
      io.gild.traffic.HaproxyProvider;
}
