package com.acme.shapes;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import java.time.Duration;

/** Gives all models the same HTTP client. */
final class OneClient implements HttpClientBuilder {

  private final HttpClientBuilder builder =
      new JdkHttpClientBuilder()
          .connectTimeout(Duration.ofSeconds(15))
          .readTimeout(Duration.ofSeconds(60));
  private final HttpClient client = builder.build();

  @Override
  public Duration connectTimeout() {
    return builder.connectTimeout();
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return builder.readTimeout();
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    return this;
  }

  @Override
  public HttpClient build() {
    return client;
  }
}
