package com.acme.child;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Does the same thing many times, like a server, and counts what stays in memory. */
public final class CyclesMain {

  private static final long LONGEST_NANOS = 60_000_000_000L;

  private CyclesMain() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      try {
        System.out.println(
            switch (words[0]) {
              case "models" -> models(Integer.parseInt(words[1]));
              case "streams" -> streams(Integer.parseInt(words[1]));
              case "deployments" -> deployments("com.acme.child.ServedDesk", words[1]);
              case "traced-deployments" -> deployments("com.acme.child.ServedTraces", words[1]);
              case "remembering-deployments" -> deployments(System.getProperty("desk"), words[1]);
              case "tenants" -> tenants();
              case "pools" -> PoolsDesk.compare(words[1]);
              case "flaky" -> FlakyDesk.SHARED.answer(words[1]);
              case "chat" -> ModelDesk.shared().answer(words[1]);
              case "metaspace" -> String.valueOf(metaspace());
              default -> "unknown command " + line;
            });
      } catch (Throwable failure) {
        if (Boolean.getBoolean("trace")) {
          failure.printStackTrace();
        }
        System.out.println("threw " + failure);
      }
    }
  }

  /**
   * Creates a model for each call and drops it; returns how many threads and descriptors remain.
   */
  private static String models(int count) {
    for (int i = 0; i < count; i++) {
      OpenAiChatModel.builder()
          .baseUrl(System.getenv("PROVIDER"))
          .apiKey("none")
          .modelName("own-model")
          .maxRetries(0)
          .build()
          .chat("question " + i);
    }
    return settled(CyclesMain::clientThreads) + " " + descriptors();
  }

  /** The same with models whose answers come in chunks. */
  private static String streams(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      CompletableFuture<Object> over = new CompletableFuture<>();
      OpenAiStreamingChatModel.builder()
          .baseUrl(System.getenv("PROVIDER"))
          .apiKey("none")
          .modelName("own-model")
          .build()
          .chat(
              "question " + i,
              new StreamingChatResponseHandler() {
                @Override
                public void onPartialResponse(String chunk) {}

                @Override
                public void onCompleteResponse(ChatResponse response) {
                  over.complete(response);
                }

                @Override
                public void onError(Throwable failure) {
                  over.completeExceptionally(failure);
                }
              });
      over.get(20, TimeUnit.SECONDS);
    }
    return settled(CyclesMain::clientThreads) + " " + descriptors();
  }

  private static int clientThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("HttpClient-"))
            .count();
  }

  private static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }

  /** Returns how many of many deployments are still in memory. */
  private static String deployments(String application, String count) throws Exception {
    List<WeakReference<ClassLoader>> deployed = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(count); i++) {
      deployed.add(Deployment.cycle(application, "question " + i));
    }
    return String.valueOf(
        settled(() -> (int) deployed.stream().filter(loader -> loader.get() != null).count()));
  }

  /**
   * Returns the answers of two applications to the same question through classes with the same
   * name.
   */
  private static String tenants() throws Exception {
    try (Deployment one = new Deployment();
        Deployment other = new Deployment()) {
      String desk = "com.acme.child.ServedDesk";
      return one.ask(desk, "own", "why")
          + ", "
          + other.ask(desk, "own", "why")
          + ", "
          + one.ask(desk, "own", "why");
    }
  }

  /** Collects garbage until nothing is left, or until a deadline. */
  private static int settled(IntSupplier left) {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    int present = left.getAsInt();
    while (present > 0 && System.nanoTime() < deadline) {
      System.gc();
      Thread.onSpinWait();
      present = left.getAsInt();
    }
    return present;
  }

  private static long metaspace() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
