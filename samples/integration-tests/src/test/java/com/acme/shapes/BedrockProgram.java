package com.acme.shapes;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** On the AWS SDK's client of Bedrock. */
public final class BedrockProgram extends Program {

  private static final SdkBytes BODY =
      SdkBytes.fromUtf8String(
          "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":1000,"
              + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");

  private static final SdkBytes TEXT = SdkBytes.fromUtf8String("{\"inputText\":\"Hello\"}");

  private final BedrockRuntimeClient client = to(BedrockRuntimeClient.builder()).build();
  private final BedrockRuntimeAsyncClient later =
      to(BedrockRuntimeAsyncClient.builder())
          .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
          .build();

  public BedrockProgram() {
    way("chat", model -> client.converse(asking(model)));
    way("future", model -> await(later.converse(asking(model))));
    way("stream", this::converseStream);
    way(
        "invoke",
        model ->
            client.invokeModel(request -> request.modelId(model).body(BODY)).body().asUtf8String());
    way("invoke-stream", this::invokeStream);
    way(
        "embed",
        model ->
            client.invokeModel(request -> request.modelId(model).body(TEXT)).body().asUtf8String());
  }

  @Override
  protected String model(String way, long seed) {
    String vendor = way.equals("embed") ? "amazon.titan-" : "anthropic.";
    return vendor + super.model(way, seed);
  }

  private static <B extends AwsClientBuilder<B, C>, C> B to(B builder) {
    return builder
        .endpointOverride(URI.create(PROVIDER))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .overrideConfiguration(all -> all.retryStrategy(tries -> tries.maxAttempts(1)));
  }

  private static Message user() {
    return Message.builder()
        .role(ConversationRole.USER)
        .content(ContentBlock.fromText("Hello"))
        .build();
  }

  private static ConverseRequest asking(String model) {
    return ConverseRequest.builder().modelId(model).messages(user()).build();
  }

  private String converseStream(String model) throws Exception {
    Callbacks callbacks = new Callbacks();
    ConverseStreamResponseHandler handler =
        ConverseStreamResponseHandler.builder()
            .onResponse(response -> callbacks.add("response", ""))
            .onEventStream(events -> events.subscribe(event -> callbacks.add("event", event)))
            .onError(failure -> callbacks.add("error", failure(failure)))
            .onComplete(() -> callbacks.add("complete", ""))
            .build();
    return ended(
        callbacks,
        later.converseStream(
            ConverseStreamRequest.builder().modelId(model).messages(user()).build(), handler));
  }

  private String invokeStream(String model) throws Exception {
    Callbacks callbacks = new Callbacks();
    InvokeModelWithResponseStreamResponseHandler handler =
        InvokeModelWithResponseStreamResponseHandler.builder()
            .onResponse(response -> callbacks.add("response", ""))
            .subscriber(
                InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
                    .onChunk(chunk -> callbacks.add("chunk", chunk.bytes().asUtf8String()))
                    .build())
            .onError(failure -> callbacks.add("error", failure(failure)))
            .onComplete(() -> callbacks.add("complete", ""))
            .build();
    return ended(
        callbacks,
        later.invokeModelWithResponseStream(
            InvokeModelWithResponseStreamRequest.builder().modelId(model).body(BODY).build(),
            handler));
  }

  private static String ended(Callbacks callbacks, CompletableFuture<Void> end) throws Exception {
    String how =
        end.handle((nothing, failure) -> failure == null ? "well" : failure(failure))
            .get(30, TimeUnit.SECONDS);
    return callbacks + how;
  }
}
