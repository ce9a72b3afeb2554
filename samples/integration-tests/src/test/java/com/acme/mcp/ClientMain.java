package com.acme.mcp;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.mcp.McpToolExecutor;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.client.transport.http.StreamableHttpMcpTransport;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An application whose agent uses the tool of a server, by one of two libraries. */
public final class ClientMain {

  private ClientMain() {}

  /**
   * Answers each line of the input.
   *
   * @param arguments the library; the server's address, or the command that starts it
   */
  public static void main(String[] arguments) throws Exception {
    List<String> server = List.of(arguments).subList(1, arguments.length);
    Caller caller =
        arguments[0].equals("sdk") ? new SdkCaller(server) : new LangChain4jCaller(server);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(caller, line));
    }
    caller.close();
    System.exit(0);
  }

  private static String answer(Caller caller, String line) {
    try {
      return caller.ask(line);
    } catch (RuntimeException failure) {
      return "threw " + failure.getMessage();
    }
  }

  private static boolean isRemote(List<String> server) {
    return server.get(0).startsWith("http:");
  }

  private static Map<String, String> environment() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT", System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT"),
        "OTEL_METRICS_EXPORTER", "none",
        "OTEL_BSP_SCHEDULE_DELAY", "50");
  }

  /** The agent. */
  abstract static class Caller {

    abstract String ask(String what);

    abstract void close() throws Exception;
  }

  /** Uses the protocol's own SDK. */
  static final class SdkCaller extends Caller {

    private final McpSyncClient client;

    SdkCaller(List<String> server) {
      client = io.modelcontextprotocol.client.McpClient.sync(transport(server)).build();
      client.initialize();
    }

    private static McpClientTransport transport(List<String> server) {
      if (isRemote(server)) {
        return HttpClientStreamableHttpTransport.builder(server.get(0)).build();
      }
      ServerParameters parameters =
          ServerParameters.builder(server.get(0))
              .args(server.subList(1, server.size()))
              .env(environment())
              .build();
      return new StdioClientTransport(parameters, McpJsonDefaults.getMapper());
    }

    @Override
    String ask(String what) {
      McpSchema.CallToolResult result =
          client.callTool(
              McpSchema.CallToolRequest.builder("lookup").arguments(Map.of("what", what)).build());
      return ((McpSchema.TextContent) result.content().get(0)).text();
    }

    @Override
    void close() {
      client.close();
    }
  }

  /** Uses LangChain4j, and its tool for those of servers. */
  static final class LangChain4jCaller extends Caller {

    private final McpClient client;
    private final McpToolExecutor tool;

    LangChain4jCaller(List<String> server) {
      client =
          DefaultMcpClient.builder().transport(transport(server)).autoHealthCheck(false).build();
      tool = new McpToolExecutor(client);
    }

    private static McpTransport transport(List<String> server) {
      return isRemote(server)
          ? StreamableHttpMcpTransport.builder().url(server.get(0) + "/mcp").build()
          : StdioMcpTransport.builder().command(server).environment(environment()).build();
    }

    @Override
    String ask(String what) {
      return tool.execute(
          ToolExecutionRequest.builder()
              .name("lookup")
              .arguments("{\"what\": \"" + what + "\"}")
              .build(),
          null);
    }

    @Override
    void close() throws Exception {
      client.close();
    }
  }
}
