package com.acme.http;

import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.DefaultServiceUnavailableRetryStrategy;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Apache's HttpClient 4, configured to repeat 503. */
public final class Apache4 implements Client {

  private static final CloseableHttpClient CLIENT =
      HttpClients.custom()
          .setServiceUnavailableRetryStrategy(new DefaultServiceUnavailableRetryStrategy(2, 1))
          .build();

  @Override
  public int post(String url, String json) throws Exception {
    HttpPost post = new HttpPost(url);
    post.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    try (CloseableHttpResponse response = CLIENT.execute(post)) {
      EntityUtils.consume(response.getEntity());
      return response.getStatusLine().getStatusCode();
    }
  }
}
