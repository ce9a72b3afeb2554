package com.acme.combined;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.gild.langchain4j.GildChatModelListener;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;

/** Reads one command per line, {@code DESK SHAPE QUESTION}, and writes its answer. */
public final class Main {

  public static void main(String[] arguments) throws Exception {
    List<ChatModelListener> listeners =
        Boolean.getBoolean("listener") ? List.of(new GildChatModelListener()) : List.of();
    Asking asking =
        new Asking(
            OpenAiChatModel.builder()
                .baseUrl(System.getenv("PROVIDER"))
                .apiKey("none")
                .modelName("gpt-4o")
                .maxRetries(0)
                .listeners(listeners)
                .build(),
            OpenAiStreamingChatModel.builder()
                .baseUrl(System.getenv("PROVIDER"))
                .apiKey("none")
                .modelName("gpt-4o")
                .listeners(listeners)
                .build());
    WrappedDesk wrapped = WrappedDesk_Gild.gilded(asking);
    WovenDesk woven = new WovenDesk(asking);
    NamedDesk named = new NamedDesk(asking);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 3);
      System.out.println(
          switch (words[0]) {
            case "wrapped" ->
                answer(words, wrapped::blocking, wrapped::future, wrapped::stream);
            case "woven" -> answer(words, woven::blocking, woven::future, woven::stream);
            default -> answer(words, named::blocking, named::future, named::stream);
          });
    }
  }

  private static String answer(
      String[] words,
      Function<String, String> blocking,
      Function<String, CompletableFuture<String>> future,
      Function<String, Flow.Publisher<String>> stream) {
    try {
      return switch (words[1]) {
        case "blocking" -> blocking.apply(words[2]);
        case "future" -> future.apply(words[2]).get();
        default -> whole(stream.apply(words[2])).get();
      };
    } catch (Throwable failure) {
      Throwable cause = failure;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return "threw " + cause.getClass().getSimpleName();
    }
  }

  private static CompletableFuture<String> whole(Flow.Publisher<String> chunks) {
    CompletableFuture<String> whole = new CompletableFuture<>();
    StringBuilder text = new StringBuilder();
    chunks.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(String chunk) {
            text.append(chunk);
          }

          @Override
          public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
          }

          @Override
          public void onComplete() {
            whole.complete(text.toString());
          }
        });
    return whole;
  }
}
