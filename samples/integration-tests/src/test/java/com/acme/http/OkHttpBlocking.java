package com.acme.http;

import java.util.concurrent.Executors;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp, which retries a 503 whose Retry-After is zero. */
public final class OkHttpBlocking implements Client {

  /** Its threads do not keep the JVM alive. */
  static final OkHttpClient CLIENT =
      new OkHttpClient.Builder()
          .dispatcher(
              new Dispatcher(
                  Executors.newCachedThreadPool(task -> {
                    Thread thread = new Thread(task, "okhttp");
                    thread.setDaemon(true);
                    return thread;
                  })))
          .build();

  static Request request(String url, String json) {
    return new Request.Builder()
        .url(url)
        .post(RequestBody.create(json, MediaType.get("application/json")))
        .build();
  }

  @Override
  public int post(String url, String json) throws Exception {
    try (Response response = CLIENT.newCall(request(url, json)).execute()) {
      return response.code();
    }
  }
}
