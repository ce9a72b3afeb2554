package com.acme.library;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;

/** On the AWS SDK's client of Bedrock, with instructions and tools that are always the same. */
public final class PrefixBedrockDesk extends Desk {

  private final BedrockRuntimeClient client =
      BedrockRuntimeClient.builder()
          .endpointOverride(URI.create(provider()))
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
          .build();

  private static Tool stableTool(String name) {
    ToolInputSchema schema =
        ToolInputSchema.fromJson(Document.mapBuilder().putString("type", "object").build());
    return Tool.fromToolSpec(spec -> spec.name(name).description(INSTRUCTIONS).inputSchema(schema));
  }

  /** The first word of a question is the model. */
  @Override
  public String chat(String question) {
    ConverseRequest request =
        ConverseRequest.builder()
            .modelId(question.substring(0, question.indexOf(' ')))
            .system(SystemContentBlock.fromText(INSTRUCTIONS))
            .toolConfig(config -> config.tools(List.of(stableTool("weather"), stableTool("time"))))
            .messages(
                Message.builder()
                    .role(ConversationRole.USER)
                    .content(ContentBlock.fromText(question))
                    .build())
            .build();
    return client.converse(request).output().message().content().get(0).text();
  }
}
