package io.gild.testkit;

import io.gild.config.Experimental;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's request to a model, independent of the wire format.
 *
 * @param model the name of the model, as the client wrote it
 * @param messages the conversation, oldest first; a system prompt is a message of role "system"
 * @param tools the tools the model may call
 * @param stream whether the client wants a streamed answer
 * @param temperature the sampling temperature, or null if the client did not set it
 * @param maxTokens the longest answer the client wants, or null if the client did not set it
 */
@Experimental
public record ModelRequest(
    String model,
    List<Message> messages,
    List<Tool> tools,
    boolean stream,
    @Nullable Double temperature,
    @Nullable Integer maxTokens) {

  public ModelRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  /**
   * One message of the conversation.
   *
   * @param role system, user, assistant or tool
   * @param text the text; empty if the message contains only tool calls
   * @param toolCalls the tool calls that an assistant message requests
   * @param toolCallId the call a tool message answers, or null
   */
  public record Message(
      String role, String text, List<RequestedTool> toolCalls, @Nullable String toolCallId) {
    public Message {
      toolCalls = List.copyOf(toolCalls);
    }
  }

  /**
   * A tool offered to the model.
   *
   * @param parameters the JSON Schema of the arguments, as JSON
   */
  public record Tool(String name, String description, String parameters) {}

  /** Returns the text of the last message, or an empty string if there is none. */
  public String lastText() {
    return messages.isEmpty() ? "" : messages.get(messages.size() - 1).text();
  }

  /** Returns the text of the last message of role "user", or an empty string if there is none. */
  public String lastUserText() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role().equals("user")) {
        return messages.get(i).text();
      }
    }
    return "";
  }

  /** Returns the messages that carry the result of a tool, oldest first. */
  public List<Message> toolResults() {
    return messages.stream().filter(message -> message.role().equals("tool")).toList();
  }

  /** Returns everything the model reads: messages, tool calls and tool definitions. */
  public String promptText() {
    StringBuilder prompt = new StringBuilder();
    for (Message message : messages) {
      prompt.append(message.text());
      message.toolCalls().forEach(call -> prompt.append(call.name()).append(call.arguments()));
    }
    tools.forEach(
        tool -> prompt.append(tool.name()).append(tool.description()).append(tool.parameters()));
    return prompt.toString();
  }
}
