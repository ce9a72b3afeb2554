package com.acme.http;

import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.util.TimeValue;

/** Apache's asynchronous HttpClient 5. */
public final class Apache5Async implements Client {

  private static final CloseableHttpAsyncClient CLIENT = started();

  private static CloseableHttpAsyncClient started() {
    CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setRetryStrategy(new DefaultHttpRequestRetryStrategy(2, TimeValue.ofMilliseconds(1)))
            .build();
    client.start();
    return client;
  }

  @Override
  public int post(String url, String json) throws Exception {
    SimpleHttpRequest post =
        SimpleRequestBuilder.post(url).setBody(json, ContentType.APPLICATION_JSON).build();
    return CLIENT.execute(post, null).get(20, TimeUnit.SECONDS).getCode();
  }
}
