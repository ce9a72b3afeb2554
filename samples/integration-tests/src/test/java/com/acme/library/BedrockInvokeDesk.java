package com.acme.library;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;

/** On Bedrock's InvokeModel, with the bodies of several vendors; a question begins with a model. */
public class BedrockInvokeDesk extends Desk {

  private static final Map<String, String> BODIES =
      Map.of(
          "anthropic.",
          "{'anthropic_version':'bedrock-2023-05-31','max_tokens':500,"
              + "'messages':[{'role':'user','content':'%s'}]}",
          "amazon.nova",
          "{'schemaVersion':'messages-v1','inferenceConfig':{'maxTokens':500},"
              + "'messages':[{'role':'user','content':[{'text':'%s'}]}]}",
          "amazon.titan-text",
          "{'inputText':'%s','textGenerationConfig':{'maxTokenCount':500}}",
          "amazon.titan-embed",
          "{'inputText':'%s'}",
          "cohere.embed",
          "{'texts':['%s'],'input_type':'search_document'}",
          "meta.",
          "{'prompt':'%s','max_gen_len':500}",
          "mistral.",
          "{'prompt':'%s','max_tokens':500}",
          "openai.",
          "{'messages':[{'role':'user','content':'%s'}],'max_completion_tokens':500}");

  private static final Pattern TEXT =
      Pattern.compile("\"(?:text|outputText|generation|content)\" ?: ?\"([^\"]*)\"");

  private final BedrockRuntimeClient client = to(BedrockRuntimeClient.builder()).build();
  private final BedrockRuntimeAsyncClient later =
      to(BedrockRuntimeAsyncClient.builder())
          .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
          .build();

  private static <B extends AwsClientBuilder<B, C>, C> B to(B builder) {
    return builder
        .endpointOverride(URI.create(provider()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
        .overrideConfiguration(
            all -> all.retryStrategy(tries -> tries.maxAttempts(maxRetries() + 1)));
  }

  private static String model(String asked) {
    return asked.substring(0, asked.indexOf(' '));
  }

  private static SdkBytes body(String asked) {
    String vendor = BODIES.keySet().stream().filter(asked::startsWith).findFirst().orElseThrow();
    String question = asked.substring(asked.indexOf(' ') + 1);
    return SdkBytes.fromUtf8String(BODIES.get(vendor).replace('\'', '"').replace("%s", question));
  }

  private static String text(String json) {
    return TEXT.matcher(json).results().map(found -> found.group(1)).collect(Collectors.joining());
  }

  @Override
  public String chat(String asked) {
    return text(invoke(asked));
  }

  private String invoke(String asked) {
    return client
        .invokeModel(request -> request.modelId(model(asked)).body(body(asked)))
        .body()
        .asUtf8String();
  }

  @Override
  public String async(String asked) throws Exception {
    return later
        .invokeModel(request -> request.modelId(model(asked)).body(body(asked)))
        .thenApply(response -> text(response.body().asUtf8String()))
        .get(20, TimeUnit.SECONDS);
  }

  @Override
  public String stream(String asked) throws Exception {
    StringBuilder chunks = new StringBuilder();
    InvokeModelWithResponseStreamResponseHandler.Visitor visitor =
        InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
            .onChunk(chunk -> chunks.append(text(chunk.bytes().asUtf8String())))
            .build();
    later
        .invokeModelWithResponseStream(
            request -> request.modelId(model(asked)).body(body(asked)),
            InvokeModelWithResponseStreamResponseHandler.builder().subscriber(visitor).build())
        .get(20, TimeUnit.SECONDS);
    return chunks.toString();
  }

  /** Returns the order in which the handler is called. */
  @Override
  public String push(String asked) throws Exception {
    StringBuilder order = new StringBuilder();
    later
        .invokeModelWithResponseStream(
            request -> request.modelId(model(asked)).body(body(asked)),
            InvokeModelWithResponseStreamResponseHandler.builder()
                .onResponse(response -> order.append("response "))
                .onEventStream(events -> {
                  order.append("events ");
                  events.subscribe(event -> {});
                })
                .onError(failure -> order.append("error "))
                .onComplete(() -> order.append("complete"))
                .build())
        .handle((nothing, failure) -> failure == null ? "" : failure)
        .thenAccept(order::append)
        .get(20, TimeUnit.SECONDS);
    return order.toString();
  }

  @Override
  public String embed(String asked) {
    return String.valueOf(invoke(asked).split(",").length > 200);
  }
}
