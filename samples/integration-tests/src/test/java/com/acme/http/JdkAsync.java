package com.acme.http;

import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;

/** {@code java.net.http}, with a future. */
public final class JdkAsync implements Client {

  @Override
  public int post(String url, String json) throws Exception {
    return JdkBlocking.CLIENT
        .sendAsync(JdkBlocking.request(url, json), HttpResponse.BodyHandlers.ofString())
        .get(20, TimeUnit.SECONDS)
        .statusCode();
  }
}
