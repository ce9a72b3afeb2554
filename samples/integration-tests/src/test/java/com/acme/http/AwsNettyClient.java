package com.acme.http;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;
import software.amazon.awssdk.http.async.SimpleSubscriber;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/** The AWS SDK's own client, without an SDK above it. */
public final class AwsNettyClient implements Client {

  private static final SdkAsyncHttpClient CLIENT = NettyNioAsyncHttpClient.create();

  @Override
  public int post(String url, String json) throws Exception {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    CompletableFuture<Integer> status = new CompletableFuture<>();
    CompletableFuture<Void> end =
        CLIENT.execute(
            AsyncExecuteRequest.builder()
                .request(
                    SdkHttpFullRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(URI.create(url))
                        .putHeader("Host", URI.create(url).getAuthority())
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Content-Length", String.valueOf(bytes.length))
                        .build())
                .requestContentPublisher(new Content(bytes))
                .responseHandler(new Handler(status))
                .build());
    end.get(20, TimeUnit.SECONDS);
    return status.get(20, TimeUnit.SECONDS);
  }

  private record Handler(CompletableFuture<Integer> status) implements SdkAsyncHttpResponseHandler {
    @Override
    public void onHeaders(SdkHttpResponse response) {
      status.complete(response.statusCode());
    }

    @Override
    public void onStream(Publisher<ByteBuffer> body) {
      body.subscribe(new SimpleSubscriber(chunk -> {}));
    }

    @Override
    public void onError(Throwable failure) {
      status.completeExceptionally(failure);
    }
  }

  private record Content(byte[] bytes) implements SdkHttpContentPublisher {
    @Override
    public Optional<Long> contentLength() {
      return Optional.of((long) bytes.length);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Subscription() {
            private boolean sent;

            @Override
            public void request(long count) {
              if (!sent) {
                sent = true;
                subscriber.onNext(ByteBuffer.wrap(bytes));
                subscriber.onComplete();
              }
            }

            @Override
            public void cancel() {}
          });
    }
  }
}
