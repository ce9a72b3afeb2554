package com.acme.http;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;

/** {@code java.net.http} with a server that speaks HTTP/2; the first request upgrades to it. */
public final class JdkHttp2 implements Client {

  @Override
  public int post(String url, String json) throws Exception {
    HttpResponse<String> response =
        JdkBlocking.CLIENT.send(
            JdkBlocking.request(url, json), HttpResponse.BodyHandlers.ofString());
    if (response.version() != HttpClient.Version.HTTP_2) {
      throw new IllegalStateException("it was " + response.version());
    }
    return response.statusCode();
  }
}
