package io.gild.libraries;

import com.google.auto.service.AutoService;
import io.gild.weaver.ClassShape;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Weaves the transports of LangChain4j's clients of the Model Context Protocol. */
final class LangChain4jMcp implements Library {

  private static final String TRANSPORT = "dev/langchain4j/mcp/client/transport/McpTransport";
  private static final String CONTEXT = "(Ldev/langchain4j/mcp/client/McpCallContext;)";
  private static final String INITIALIZE = "(Ldev/langchain4j/mcp/protocol/McpInitializeRequest;)";

  private final McpRequests requests;

  LangChain4jMcp(McpRequests requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    boolean sends =
        method.name().equals("executeOperationWithResponse")
                && method.descriptor().startsWith(CONTEXT)
            || method.name().equals("initialize") && method.descriptor().startsWith(INITIALIZE);
    return sends && shape.isDirectly(TRANSPORT) ? new McpTransportJoinPoint(requests) : null;
  }

  /** Makes the library. */
  @AutoService(LibraryProvider.class)
  public static final class Provider implements LibraryProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(TRANSPORT);
    }

    @Override
    public Set<String> supertypes() {
      return Set.of(TRANSPORT);
    }

    @Override
    public Library create(LibraryContext context) {
      return new LangChain4jMcp(new McpRequests(context.runtime()));
    }
  }
}
