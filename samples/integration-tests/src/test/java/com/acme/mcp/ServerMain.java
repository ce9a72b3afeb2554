package com.acme.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.File;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** A server of one tool, over its standard streams or over HTTP. */
public final class ServerMain {

  private ServerMain() {}

  /** Serves until it is ended. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("stdio")) {
      McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
          .serverInfo("acme", "1")
          .tools(lookup())
          .build();
      new CountDownLatch(1).await();
      return;
    }
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(McpJsonDefaults.getMapper())
            .mcpEndpoint("/mcp")
            .build();
    McpServer.sync(transport).serverInfo("acme", "1").tools(lookup()).build();
    Tomcat tomcat = new Tomcat();
    File base = Files.createTempDirectory("mcp").toFile();
    tomcat.setBaseDir(base.getPath());
    tomcat.setPort(0);
    tomcat.getConnector();
    Context context = tomcat.addContext("", base.getPath());
    Tomcat.addServlet(context, "mcp", transport).setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "mcp");
    tomcat.start();
    System.out.println("ready");
    System.in.read();
    System.out.println(tomcat.getConnector().getLocalPort());
    while (System.in.read() >= 0) {
      // The end of the input is the end of the server.
    }
    System.exit(0);
  }

  private static SyncToolSpecification lookup() {
    McpSchema.Tool tool =
        McpSchema.Tool.builder(
                "lookup",
                Map.of("type", "object", "properties", Map.of("what", Map.of("type", "string"))))
            .description("looks something up")
            .build();
    return new SyncToolSpecification(tool, ServerMain::answer);
  }

  private static McpSchema.CallToolResult answer(
      McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
    String what = String.valueOf(request.arguments().get("what"));
    if (what.equals("nothing")) {
      return McpSchema.CallToolResult.builder().addTextContent("none").isError(true).build();
    }
    return McpSchema.CallToolResult.builder().addTextContent(new Desk().find(what)).build();
  }
}
