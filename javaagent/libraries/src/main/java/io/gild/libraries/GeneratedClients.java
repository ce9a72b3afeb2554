package io.gild.libraries;

import com.google.auto.service.AutoService;
import io.gild.weaver.ClassShape;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the clients of OpenAI and Anthropic are woven: the methods of their services, one class for
 * those that block and one for those that do not.
 */
final class GeneratedClients implements Library {

  private static final String FUTURE = ")Ljava/util/concurrent/CompletableFuture;";

  /** What answers with HTTP responses that are yet to be parsed. */
  private static final String RAW = ".WithRawResponse";

  private static final String RAW_IMPL = "$WithRawResponseImpl";

  /** What a service's {@code create} asks. */
  private record Service(LibraryMethods methods, String type, ModelDialect dialect) {

    LibraryMethod method(String name) {
      return dialect instanceof EmbeddingDialect
          ? LibraryMethod.embeddings(type, name)
          : LibraryMethod.chat(type, name);
    }
  }

  private final Map<String, Service> services = new HashMap<>();

  GeneratedClients(LazyRuntime runtime) {
    LibraryMethods openAi = new LibraryMethods(runtime, "openai-java");
    add(openAi, "com/openai/services/", "chat/ChatCompletionService", new OpenAiDialect());
    add(openAi, "com/openai/services/", "ResponseService", new OpenAiResponsesDialect());
    add(openAi, "com/openai/services/", "EmbeddingService", new OpenAiEmbeddings());
    LibraryMethods anthropic = new LibraryMethods(runtime, "anthropic-java");
    String messages = "com/anthropic/services/";
    add(anthropic, messages, "MessageService", AnthropicDialect.messages());
    add(anthropic, messages, "beta/MessageService", AnthropicDialect.betaMessages());
  }

  private void add(LibraryMethods methods, String services, String name, ModelDialect dialect) {
    String type = services.replace('/', '.') + "blocking." + name.replace('/', '.');
    Service service = new Service(methods, type, dialect);
    this.services.put(services + "blocking/" + name + "Impl", service);
    this.services.put(services + "async/" + name + "AsyncImpl", service);
    Service raw = new Service(methods, type + RAW, dialect);
    this.services.put(services + "blocking/" + name + "Impl" + RAW_IMPL, raw);
    this.services.put(services + "async/" + name + "AsyncImpl" + RAW_IMPL, raw);
  }

  @Override
  public Set<String> classes() {
    return services.keySet();
  }

  @Override
  public Set<String> supertypes() {
    return Set.of();
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    Service service = services.get(shape.name().replace('.', '/'));
    if (service == null
        || !method.name().startsWith("create")
        || !method.descriptor().contains("CreateParams;L")) {
      return null;
    }
    LibraryMethod known = service.method(method.name());
    if (service.type().endsWith(RAW)) {
      return method.name().equals("createStreaming")
          ? new RawStreamJoinPoint(service.methods(), known, service.dialect())
          : new RawJoinPoint(service.methods(), known, service.dialect());
    }
    if (method.descriptor().endsWith("/StreamResponse;")) {
      return new ModelPullJoinPoint(service.methods(), known, service.dialect());
    }
    if (method.descriptor().endsWith("/AsyncStreamResponse;")) {
      return new ModelPushJoinPoint(service.methods(), known, service.dialect());
    }
    return method.descriptor().endsWith(FUTURE)
        ? new ModelFutureJoinPoint(service.methods(), known, service.dialect())
        : new ModelJoinPoint(service.methods(), known, service.dialect());
  }

  /** Makes the library. */
  @AutoService(LibraryProvider.class)
  public static final class Provider implements LibraryProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Library create(LibraryContext context) {
      return new GeneratedClients(context.runtime());
    }
  }
}
