package io.gild.libraries;

import com.google.auto.service.AutoService;
import io.gild.weaver.ClassShape;
import io.gild.weaver.Foreign;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Weaves Google's ADK: the implementations of its models and tools. */
final class Adk implements Library {

  private static final String LLM = "com/google/adk/models/BaseLlm";
  private static final String GENERATE =
      "(Lcom/google/adk/models/LlmRequest;Z)Lio/reactivex/rxjava3/core/Flowable;";
  private static final String FLOWABLE = "io.reactivex.rxjava3.core.Flowable";

  private static final String TOOL = "com/google/adk/tools/BaseTool";
  private static final String MCP_TOOL = "com/google/adk/tools/mcp/AbstractMcpTool";
  private static final String RETRIEVAL = "com/google/adk/tools/retrieval/BaseRetrievalTool";
  private static final String RUN =
      "(Ljava/util/Map;Lcom/google/adk/tools/ToolContext;)Lio/reactivex/rxjava3/core/Single;";
  private static final String SINGLE = "io.reactivex.rxjava3.core.Single";

  private static final LibraryMethod CHATS =
      LibraryMethod.chat(LLM.replace('/', '.'), "generateContent");

  private static final ToolDialect TOOLS =
      new ToolDialect() {
        @Override
        public String name(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
          return Foreign.text(self, "name");
        }

        @Override
        public @Nullable Object input(@Nullable Object self, @Nullable Object[] arguments) {
          return arguments[0] instanceof Map<?, ?> given
              ? Collections.unmodifiableMap(new HashMap<>(given))
              : null;
        }
      };

  private final LibraryMethods methods;
  private final ModelDialect dialect = new AdkDialect();

  Adk(LazyRuntime runtime) {
    this.methods = new LibraryMethods(runtime, "google-adk");
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    return switch (method.name()) {
      case "generateContent" ->
          method.descriptor().equals(GENERATE) && shape.isDirectly(LLM)
              ? new ModelPublisherJoinPoint(methods, CHATS, dialect, FLOWABLE)
              : null;
      case "runAsync" ->
          method.descriptor().equals(RUN) && isTool(shape)
              ? new ToolJoinPoint(methods, TOOL.replace('/', '.'), TOOLS, SINGLE)
              : null;
      default -> null;
    };
  }

  private static boolean isTool(ClassShape shape) {
    return shape.isDirectly(TOOL) || shape.isDirectly(MCP_TOOL) || shape.isDirectly(RETRIEVAL);
  }

  /** Makes the library. */
  @AutoService(LibraryProvider.class)
  public static final class Provider implements LibraryProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of();
    }

    @Override
    public Set<String> supertypes() {
      return Set.of(LLM, TOOL, MCP_TOOL, RETRIEVAL);
    }

    @Override
    public Library create(LibraryContext context) {
      return new Adk(context.runtime());
    }
  }
}
