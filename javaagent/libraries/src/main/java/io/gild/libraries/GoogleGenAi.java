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

/**
 * Weaves google-genai: the methods that send one request each, below the overloads, which call one
 * another, and below the loop that runs functions.
 *
 * <p>The asynchronous methods of old versions run the blocking ones in a pool.
 */
final class GoogleGenAi implements Library {

  private static final String MODELS = "com/google/genai/Models";
  private static final String ASYNC_MODELS = "com/google/genai/AsyncModels";
  private static final String KNOWN_AS = "com.google.genai.Models";

  private static final LibraryMethod CHATS = LibraryMethod.chat(KNOWN_AS, "generateContent");
  private static final LibraryMethod STREAMS =
      LibraryMethod.chat(KNOWN_AS, "generateContentStream");
  private static final LibraryMethod EMBEDDINGS =
      LibraryMethod.embeddings(KNOWN_AS, "embedContent");

  private final LibraryMethods methods;
  private final ModelDialect chats = new GoogleDialect();
  private final ModelDialect embeddings = new GoogleEmbeddings();
  private final GoogleStreams streams = new GoogleStreams();

  GoogleGenAi(LazyRuntime runtime) {
    this.methods = new LibraryMethods(runtime, "google-genai");
  }

  @Override
  public @Nullable JoinPoint joinPoint(ClassShape shape, ClassShape.Method method) {
    if (shape.is(GoogleStreams.TYPE)) {
      return streams.joinPoint(method);
    }
    return switch (method.name()) {
      case "privateGenerateContent" -> answered(method, CHATS, chats);
      case "privateGenerateContentStream" ->
          new GoogleStreamJoinPoint(methods, STREAMS, chats, streams);
      case "privateEmbedContent" -> answered(method, EMBEDDINGS, embeddings);
      default -> null;
    };
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
      return Set.of(MODELS, ASYNC_MODELS, GoogleStreams.TYPE);
    }

    @Override
    public Library create(LibraryContext context) {
      return new GoogleGenAi(context.runtime());
    }
  }
}
