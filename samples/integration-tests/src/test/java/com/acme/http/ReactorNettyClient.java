package com.acme.http;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/** Reactor Netty, as under Spring's WebClient; it resends requests that a stale connection lost. */
public final class ReactorNettyClient implements Client {

  private static final HttpClient CLIENT =
      HttpClient.create().headers(headers -> headers.set("Content-Type", "application/json"));

  @Override
  public int post(String url, String json) {
    Integer status =
        CLIENT
            .post()
            .uri(url)
            .send(ByteBufFlux.fromString(Mono.just(json)))
            .responseSingle(
                (response, body) -> body.asString().thenReturn(response.status().code()))
            .block(Duration.ofSeconds(20));
    return status == null ? 0 : status;
  }
}
