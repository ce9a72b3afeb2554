package io.gild.libraries;

import com.google.auto.service.AutoService;
import io.gild.weaver.ClassShape;
import io.gild.weaver.LazyRuntime;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.Library;
import io.gild.weaver.spi.LibraryContext;
import io.gild.weaver.spi.LibraryProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Weaves the AWS SDK's clients of Bedrock, both the blocking one and the asynchronous one. */
final class Bedrock implements Library {

  private static final String PACKAGE = "software/amazon/awssdk/services/bedrockruntime/";
  private static final String CLIENT = PACKAGE + "DefaultBedrockRuntimeClient";
  private static final String ASYNC_CLIENT = PACKAGE + "DefaultBedrockRuntimeAsyncClient";
  private static final String KNOWN_AS =
      "software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient";

  private final LibraryMethods methods;
  private final ModelDialect converse = new ConverseDialect();
  private final ModelDialect invoke = new InvokeDialect();
  private final ModelDialect embeddings = new InvokeEmbeddings();

  Bedrock(LazyRuntime runtime) {
    this.methods = new LibraryMethods(runtime, "bedrock");
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    return switch (method.name()) {
      case "converse" -> answered(method, chat(method), converse);
      case "invokeModel" ->
          new InvokeJoinPoint(
              answered(method, chat(method), invoke),
              answered(method, LibraryMethod.embeddings(KNOWN_AS, method.name()), embeddings));
      case "converseStream" -> new EventStreamJoinPoint(methods, chat(method), converse);
      case "invokeModelWithResponseStream" ->
          new EventStreamJoinPoint(methods, chat(method), invoke);
      default -> null;
    };
  }

  private static LibraryMethod chat(ClassShape.Method method) {
    return LibraryMethod.chat(KNOWN_AS, method.name());
  }

  private JoinPoint answered(ClassShape.Method method, LibraryMethod kind, ModelDialect dialect) {
    return method.descriptor().endsWith(")Ljava/util/concurrent/CompletableFuture;")
        ? new ModelFutureJoinPoint(methods, kind, dialect)
        : new ModelJoinPoint(methods, kind, dialect);
  }

  /** Makes the library. */
  @AutoService(LibraryProvider.class)
  public static final class Provider implements LibraryProvider {

    /** Creates a provider. */
    public Provider() {}

    @Override
    public Set<String> classes() {
      return Set.of(CLIENT, ASYNC_CLIENT);
    }

    @Override
    public Library create(LibraryContext context) {
      return new Bedrock(context.runtime());
    }
  }
}
