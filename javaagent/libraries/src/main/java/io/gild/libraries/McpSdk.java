package io.gild.libraries;

import com.google.auto.service.AutoService;
import io.gild.weaver.ClassShape;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the SDK of the Model Context Protocol, which Spring AI uses, too: the requests of clients,
 * and the handlers of servers.
 */
final class McpSdk implements Library {

  private static final String CLIENT = "io/modelcontextprotocol/spec/McpClientSession";
  private static final String SERVER = "io/modelcontextprotocol/server/McpServerFeatures$";
  private static final String STATELESS =
      "io/modelcontextprotocol/server/McpStatelessServerFeatures$";
  private static final String[] SPECIFICATIONS = {
    "SyncToolSpecification",
    "AsyncToolSpecification",
    "SyncPromptSpecification",
    "AsyncPromptSpecification",
    "SyncResourceSpecification",
    "AsyncResourceSpecification"
  };

  private static final String HANDLER = "()Ljava/util/function/BiFunction;";
  private static final String SEND = "(Ljava/lang/String;Ljava/lang/Object;";
  private static final String MONO = ")Lreactor/core/publisher/Mono;";

  private final McpRequests requests;

  McpSdk(McpRequests requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (shape.is(CLIENT)) {
      return method.name().equals("sendRequest")
              && method.descriptor().startsWith(SEND)
              && method.descriptor().endsWith(MONO)
          ? new McpClientJoinPoint(requests)
          : null;
    }
    String served = method.descriptor().equals(HANDLER) ? methods().get(method.name()) : null;
    return served == null ? null : new McpServerJoinPoint(requests, served);
  }

  /** The protocol's methods by the accessors of their handlers. */
  private static Map<String, String> methods() {
    Map<String, String> methods = new HashMap<>();
    methods.put("callHandler", "tools/call");
    methods.put("promptHandler", "prompts/get");
    methods.put("readHandler", "resources/read");
    return methods;
  }

  /** Makes the library. */
  @AutoService(LibraryProvider.class)
  public static final class Provider implements LibraryProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      Set<String> classes = new HashSet<>();
      classes.add(CLIENT);
      for (String specification : SPECIFICATIONS) {
        classes.add(SERVER + specification);
        classes.add(STATELESS + specification);
      }
      return classes;
    }

    @Override
    public Library create(LibraryContext context) {
      return new McpSdk(new McpRequests(context.runtime()));
    }
  }
}
