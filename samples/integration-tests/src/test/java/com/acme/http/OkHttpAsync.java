package com.acme.http;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/** OkHttp with a callback. */
public final class OkHttpAsync implements Client {

  @Override
  public int post(String url, String json) throws Exception {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    OkHttpBlocking.CLIENT
        .newCall(OkHttpBlocking.request(url, json))
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                try (response) {
                  status.complete(response.code());
                }
              }

              @Override
              public void onFailure(Call call, IOException failure) {
                status.completeExceptionally(failure);
              }
            });
    return status.get(20, TimeUnit.SECONDS);
  }
}
