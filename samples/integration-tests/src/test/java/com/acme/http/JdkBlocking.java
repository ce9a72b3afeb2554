package com.acme.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** {@code java.net.http}, waiting for the answer. */
public final class JdkBlocking implements Client {

  static final HttpClient CLIENT = HttpClient.newHttpClient();

  static HttpRequest request(String url, String json) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json))
        .build();
  }

  @Override
  public int post(String url, String json) throws Exception {
    return CLIENT.send(request(url, json), HttpResponse.BodyHandlers.ofString()).statusCode();
  }
}
