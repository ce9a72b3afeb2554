package io.gild.libraries;

import com.google.auto.service.AutoService;
import io.gild.weaver.ClassShape;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the clients of OpenAI and Anthropic: the methods of their services, which have one class
 * for blocking and one for asynchronous calls.
 */
final class GeneratedClients implements Library {

  private static final String FUTURE = ")Ljava/util/concurrent/CompletableFuture;";

  private static final String OPENAI = "com/openai/services/";
  private static final String COMPLETIONS = "chat/ChatCompletionService";
  private static final String RESPONSES = "ResponseService";
  private static final String EMBEDDINGS = "EmbeddingService";
  private static final String ANTHROPIC = "com/anthropic/services/";
  private static final String MESSAGES = "MessageService";
  private static final String BETA_MESSAGES = "beta/MessageService";

  /** The services that return unparsed HTTP responses. */
  private static final String RAW = ".WithRawResponse";

  private static final String RAW_IMPL = "$WithRawResponseImpl";

  /** The request of a service's {@code create}. */
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
    add(openAi, OPENAI, COMPLETIONS, new OpenAiDialect());
    add(openAi, OPENAI, RESPONSES, new OpenAiResponsesDialect());
    add(openAi, OPENAI, EMBEDDINGS, new OpenAiEmbeddings());
    LibraryMethods anthropic = new LibraryMethods(runtime, "anthropic-java");
    add(anthropic, ANTHROPIC, MESSAGES, AnthropicDialect.messages());
    add(anthropic, ANTHROPIC, BETA_MESSAGES, AnthropicDialect.betaMessages());
  }

  private void add(LibraryMethods methods, String services, String name, ModelDialect dialect) {
    String type = services.replace('/', '.') + "blocking." + name.replace('/', '.');
    Service service = new Service(methods, type, dialect);
    Service raw = new Service(methods, type + RAW, dialect);
    for (String implementation : Provider.implementations(services, name)) {
      this.services.put(implementation, implementation.endsWith(RAW_IMPL) ? raw : service);
    }
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
    public Set<String> classes() {
      Set<String> classes = new HashSet<>();
      classes.addAll(implementations(OPENAI, COMPLETIONS));
      classes.addAll(implementations(OPENAI, RESPONSES));
      classes.addAll(implementations(OPENAI, EMBEDDINGS));
      classes.addAll(implementations(ANTHROPIC, MESSAGES));
      classes.addAll(implementations(ANTHROPIC, BETA_MESSAGES));
      return classes;
    }

    /** Returns the internal names of the classes that implement a service. */
    private static List<String> implementations(String services, String name) {
      String blocking = services + "blocking/" + name + "Impl";
      String async = services + "async/" + name + "AsyncImpl";
      return List.of(blocking, async, blocking + RAW_IMPL, async + RAW_IMPL);
    }

    @Override
    public Library create(LibraryContext context) {
      return new GeneratedClients(context.runtime());
    }
  }
}
