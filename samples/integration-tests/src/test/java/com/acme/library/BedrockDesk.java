package com.acme.library;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;

/** On the AWS SDK's client of Bedrock. Its other way is InvokeModel with Anthropic's bodies. */
public class BedrockDesk extends Desk {

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

  private static Message user(ContentBlock block) {
    return Message.builder().role(ConversationRole.USER).content(block).build();
  }

  private static ConverseRequest.Builder asking(String question) {
    return ConverseRequest.builder().modelId(MODEL).messages(user(ContentBlock.fromText(question)));
  }

  private static String text(ConverseResponse response) {
    return response.output().message().content().get(0).text();
  }

  @Override
  public String chat(String question) {
    return text(client.converse(asking(question).build()));
  }

  @Override
  public String async(String question) throws Exception {
    return later
        .converse(asking(question).build())
        .thenApply(BedrockDesk::text)
        .get(20, TimeUnit.SECONDS);
  }

  @Override
  public String stream(String question) throws Exception {
    StringBuilder chunks = new StringBuilder();
    ConverseStreamResponseHandler.Visitor visitor =
        ConverseStreamResponseHandler.Visitor.builder()
            .onContentBlockDelta(event -> chunks.append(event.delta().text()))
            .build();
    later
        .converseStream(
            request -> request.modelId(MODEL).messages(user(ContentBlock.fromText(question))),
            ConverseStreamResponseHandler.builder().subscriber(visitor).build())
        .get(20, TimeUnit.SECONDS);
    return chunks.toString();
  }

  @Override
  public String tool(String question) {
    ToolInputSchema schema =
        ToolInputSchema.fromJson(Document.mapBuilder().putString("type", "object").build());
    ToolConfiguration tools =
        ToolConfiguration.builder()
            .tools(Tool.fromToolSpec(spec -> spec.name("time").inputSchema(schema)))
            .build();
    Message asked = user(ContentBlock.fromText(question));
    ConverseResponse first =
        client.converse(request -> request.modelId(MODEL).messages(asked).toolConfig(tools));
    ContentBlock block = first.output().message().content().get(0);
    if (block.toolUse() == null) {
      return block.text();
    }
    Message result =
        user(
            ContentBlock.fromToolResult(toolResult ->
                toolResult
                    .toolUseId(block.toolUse().toolUseId())
                    .content(ToolResultContentBlock.fromText("noon"))));
    return text(
        client.converse(request ->
            request
                .modelId(MODEL)
                .messages(List.of(asked, first.output().message(), result))
                .toolConfig(tools)));
  }

  @Override
  public String other(String question) {
    String body =
        "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":1000,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\""
            + question
            + "\"}]}";
    String answer =
        client
            .invokeModel(request -> request.modelId(MODEL).body(SdkBytes.fromUtf8String(body)))
            .body()
            .asUtf8String();
    return answer.replaceAll(".*\"text\" *: *\"([^\"]*)\".*", "$1");
  }
}
