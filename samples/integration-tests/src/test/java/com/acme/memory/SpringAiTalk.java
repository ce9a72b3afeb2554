package com.acme.memory;

import io.gild.annotations.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;

/** With Spring AI's advisor and its windows of messages. */
public class SpringAiTalk implements Talk {

  /** A tool. */
  public static final class Clock {
    @Tool(description = "tells the time")
    public String time() {
      return "It is noon.";
    }
  }

  /** A message of the application's own type. */
  private static final class Note implements Message {
    @Override
    public String getText() {
      return "a note";
    }

    @Override
    public Map<String, Object> getMetadata() {
      return Map.of();
    }

    @Override
    public MessageType getMessageType() {
      return MessageType.USER;
    }
  }

  private final InMemoryChatMemoryRepository repository = new InMemoryChatMemoryRepository();
  private final ChatClient own = client(MessageWindowChatMemory.builder().build());
  private final ChatClient shared =
      client(
          MessageWindowChatMemory.builder()
              .chatMemoryRepository(repository)
              .maxMessages(60)
              .build());

  private static ChatClient client(ChatMemory memory) {
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .options(
                OpenAiChatOptions.builder()
                    .baseUrl(System.getenv("PROVIDER"))
                    .apiKey("none")
                    .model(MODEL)
                    .maxRetries(0)
                    .build())
            .build();
    return ChatClient.builder(model)
        .defaultSystem("Be brief.")
        .defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
        .build();
  }

  @Override
  public String say(String id, String text) {
    return turn(own, id, text).call().content();
  }

  private static ChatClient.ChatClientRequestSpec turn(ChatClient client, String id, String text) {
    return client
        .prompt(text)
        .advisors(advisors -> advisors.params(Map.of(ChatMemory.CONVERSATION_ID, id)));
  }

  @Override
  public String share(String id, String text) {
    return turn(shared, id, text).call().content();
  }

  @Override
  public String anonymous(String text) {
    throw new UnsupportedOperationException("Spring AI requires an id");
  }

  @Override
  public void another() {
    throw new UnsupportedOperationException("Spring AI requires an id");
  }

  @Override
  public String stream(String id, String text) {
    return turn(shared, id, text).stream().content().collect(Collectors.joining()).block();
  }

  @Override
  public String tool(String id, String text) {
    return turn(own, id, text).tools(new Clock()).call().content();
  }

  @Override
  public String serve(@Tenant String tenant, String text) {
    return share("user", text);
  }

  @Override
  public void add(String id) {
    List<Message> messages = new ArrayList<>(repository.findByConversationId(id));
    messages.add(new Note());
    repository.saveAll(id, messages);
  }

  @Override
  public String show(String id) {
    if (id.equals("all")) {
      return String.join(" ", new TreeSet<>(repository.findConversationIds()));
    }
    return repository.findByConversationId(id).stream()
        .map(message -> message.getMessageType().name())
        .collect(Collectors.joining(" "));
  }

  @Override
  public void remove(String id) {
    repository.deleteByConversationId(id);
  }
}
