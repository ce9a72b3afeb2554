package com.acme.memory;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.gild.annotations.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** With LangChain4j's AI services and windows of messages. */
public class LangChain4jTalk implements Talk {

  /** A service with one memory for each user. */
  public interface Assistant {
    @SystemMessage("Be brief.")
    String chat(@MemoryId String id, @UserMessage String text);
  }

  /** The same in chunks. */
  public interface StreamingAssistant {
    TokenStream chat(@MemoryId String id, @UserMessage String text);
  }

  /** A service with one memory. */
  public interface Single {
    String chat(String text);
  }

  /** A tool. */
  public static final class Clock {
    @Tool("tells the time")
    public String time() {
      return "It is noon.";
    }
  }

  private final ChatModel model =
      OpenAiChatModel.builder()
          .baseUrl(System.getenv("PROVIDER"))
          .apiKey("none")
          .modelName(MODEL)
          .maxRetries(0)
          .build();
  private final ChatMemoryStore store = new InMemoryChatMemoryStore();
  private final Assistant own = assistant(LangChain4jTalk::window);
  private final Assistant shared =
      assistant(id ->
          MessageWindowChatMemory.builder().id(id).maxMessages(60).chatMemoryStore(store).build());
  private Single single = single();

  private Assistant assistant(dev.langchain4j.memory.chat.ChatMemoryProvider memories) {
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .chatMemoryProvider(memories)
        .tools(new Clock())
        .build();
  }

  private static ChatMemory window(Object id) {
    return MessageWindowChatMemory.builder().id(id).maxMessages(20).build();
  }

  private Single single() {
    return AiServices.builder(Single.class)
        .chatModel(model)
        .chatMemory(MessageWindowChatMemory.withMaxMessages(20))
        .build();
  }

  @Override
  public String say(String id, String text) {
    return own.chat(id, text);
  }

  @Override
  public String share(String id, String text) {
    return shared.chat(id, text);
  }

  @Override
  public String anonymous(String text) {
    return single.chat(text);
  }

  @Override
  public void another() {
    single = single();
  }

  @Override
  public String stream(String id, String text) throws Exception {
    StreamingAssistant assistant =
        AiServices.builder(StreamingAssistant.class)
            .streamingChatModel(
                OpenAiStreamingChatModel.builder()
                    .baseUrl(System.getenv("PROVIDER"))
                    .apiKey("none")
                    .modelName(MODEL)
                    .build())
            .chatMemoryProvider(any ->
                MessageWindowChatMemory.builder()
                    .id(any)
                    .maxMessages(60)
                    .chatMemoryStore(store)
                    .build())
            .build();
    CompletableFuture<String> answer = new CompletableFuture<>();
    assistant
        .chat(id, text)
        .onPartialResponse(chunk -> {})
        .onCompleteResponse(complete -> answer.complete(complete.aiMessage().text()))
        .onError(answer::completeExceptionally)
        .start();
    return answer.get(60, TimeUnit.SECONDS);
  }

  @Override
  public String tool(String id, String text) {
    return own.chat(id, text);
  }

  @Override
  public String serve(@Tenant String tenant, String text) {
    return share("user", text);
  }

  @Override
  public void add(String id) {
    List<ChatMessage> messages = new ArrayList<>(store.getMessages(id));
    messages.add(CustomMessage.from(Map.of("own", new Object())));
    store.updateMessages(id, messages);
  }

  @Override
  public String show(String id) {
    return store.getMessages(id).stream()
        .map(ChatMessage::type)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  @Override
  public void remove(String id) {
    store.deleteMessages(id);
  }
}
