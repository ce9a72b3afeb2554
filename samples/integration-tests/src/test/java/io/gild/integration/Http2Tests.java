package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** Requests as streams of one HTTP/2 connection, which the JDK's client opens. */
class Http2Tests {

  private static final String GOVERNED =
      """
      mode: enforce
      agents:
        - match: com.acme.http.HttpDesk#ask
          name: desk
      observability:
        model-hosts: [127.0.0.1]
        prometheus-port: 0
      """;

  private final AtomicInteger served = new AtomicInteger();
  private final List<String> protocols = Collections.synchronizedList(new ArrayList<>());

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  /** Every second request fails. */
  private DisposableServer start() {
    return HttpServer.create()
        .host("127.0.0.1")
        .protocol(HttpProtocol.H2C, HttpProtocol.HTTP11)
        .httpRequestDecoder(decoder -> decoder.h2cMaxContentLength(65_536))
        .handle((request, response) -> {
          protocols.add(request.protocol());
          response.status(served.getAndIncrement() % 2 == 0 ? 200 : 503);
          return request
              .receive()
              .aggregate()
              .asString()
              .defaultIfEmpty("")
              .flatMap(body -> response.sendString(Mono.just("{}")).then());
        })
        .bindNow();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void countsStreamsOfOneConnectionSeparately(Jdk jdk) throws Exception {
    DisposableServer server = start();
    Report report = Report.create();
    try (Child child =
        Child.on(jdk)
            .flags(report.flag())
            .agent("config=" + ConfigFile.of(GOVERNED))
            .provider("http://127.0.0.1:" + server.port())
            .start()) {
      for (int i = 0; i < 6; i++) {
        assertThat(child.ask("http JdkHttp2 " + i))
            .isEqualTo(i % 2 == 0 ? "status 200" : "status 503");
      }
      child.end();
      assertThat(protocols).hasSize(6).containsOnly("HTTP/2.0");
      assertThat(report.json().path("httpAttempts").asInt()).isEqualTo(6);
      assertThat(report.meter("gild_http_responses_total", "result"))
          .containsEntry("2xx", 3.0)
          .containsEntry("5xx", 3.0);
    } finally {
      server.disposeNow();
    }
  }
}
