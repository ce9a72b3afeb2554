package io.gild.libraries;

import com.google.auto.service.AutoService;
import io.gild.weaver.ApplicationStack;
import io.gild.weaver.ClassShape;
import io.gild.weaver.Foreign;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Weaves Spring AI: the implementations of its model interfaces. */
final class SpringAi implements Library {

  private static final String CHAT = "org/springframework/ai/chat/model/ChatModel";
  private static final String EMBEDDING = "org/springframework/ai/embedding/EmbeddingModel";
  private static final String ABSTRACT_EMBEDDING =
      "org/springframework/ai/embedding/AbstractEmbeddingModel";

  private static final String TOOL = "org/springframework/ai/tool/ToolCallback";
  private static final String TOOL_CALL = "(Ljava/lang/String;";

  private static final ToolDialect CALLBACKS =
      new ToolDialect() {
        @Override
        public String name(@Nullable Object self, @Nullable Object[] arguments) throws Throwable {
          return Foreign.text(self, "getToolDefinition", "name");
        }

        @Override
        public @Nullable Object input(@Nullable Object self, @Nullable Object[] arguments) {
          return arguments[0];
        }
      };

  private static final String CALL =
      "(Lorg/springframework/ai/chat/prompt/Prompt;)Lorg/springframework/ai/chat/model/ChatResponse;";
  private static final String STREAM =
      "(Lorg/springframework/ai/chat/prompt/Prompt;)Lreactor/core/publisher/Flux;";
  private static final String EMBED =
      "(Lorg/springframework/ai/embedding/EmbeddingRequest;)"
          + "Lorg/springframework/ai/embedding/EmbeddingResponse;";

  private static final LibraryMethod CALLS =
      LibraryMethod.chat("org.springframework.ai.chat.model.ChatModel", "call");
  private static final LibraryMethod STREAMS =
      LibraryMethod.chat("org.springframework.ai.chat.model.ChatModel", "stream");
  private static final LibraryMethod EMBEDDINGS =
      LibraryMethod.embeddings("org.springframework.ai.embedding.EmbeddingModel", "call");

  /** The class with which {@code ChatClient} streams: it calls its model at the subscription. */
  private static final String CLIENT_STREAM =
      "org/springframework/ai/chat/client/ChatClient$StreamResponseSpec";

  private final LibraryMethods methods;
  private final @Nullable ApplicationStack assembly;
  private final ModelDialect chats = new SpringAiDialect();
  private final ModelDialect embeddings = new SpringAiEmbeddings();

  SpringAi(LazyRuntime runtime) {
    this.methods = new LibraryMethods(runtime, "spring-ai");
    this.assembly = runtime.assembly();
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (method.name().equals("stream")
        && method.descriptor().equals(STREAM)
        && shape.isDirectly(CHAT)) {
      return new ModelPublisherJoinPoint(methods, STREAMS, chats, "reactor.core.publisher.Flux");
    }
    if (assembly != null
        && method.descriptor().equals("()Lreactor/core/publisher/Flux;")
        && shape.isDirectly(CLIENT_STREAM)) {
      return new AssemblyJoinPoint(assembly);
    }
    if (method.name().equals("call")
        && method.descriptor().startsWith(TOOL_CALL)
        && shape.isDirectly(TOOL)) {
      return new ToolJoinPoint(methods, TOOL.replace('/', '.'), CALLBACKS);
    }
    if (method.name().equals("call")) {
      if (method.descriptor().equals(CALL) && shape.isDirectly(CHAT)) {
        return new ModelJoinPoint(methods, CALLS, chats);
      }
      if (method.descriptor().equals(EMBED)
          && (shape.isDirectly(EMBEDDING) || shape.isDirectly(ABSTRACT_EMBEDDING))) {
        return new ModelJoinPoint(methods, EMBEDDINGS, embeddings);
      }
    }
    return null;
  }

  /** Makes the library. */
  @AutoService(LibraryProvider.class)
  public static final class Provider implements LibraryProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(CHAT);
    }

    @Override
    public Set<String> supertypes() {
      return Set.of(CHAT, EMBEDDING, ABSTRACT_EMBEDDING, TOOL, CLIENT_STREAM);
    }

    @Override
    public Library create(LibraryContext context) {
      return new SpringAi(context.runtime());
    }
  }
}
