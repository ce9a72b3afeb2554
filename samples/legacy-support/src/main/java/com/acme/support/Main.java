package com.acme.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Answers a file of questions, one JSON object {@code {"id", "text"}} per line, into a file of
 * answers {@code {"id", "answer", "error", "millis"}}.
 *
 * <p>With the system property {@code support.stay}, the program ends when its input does, so that
 * one can look into its JVM.
 */
public final class Main {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PROGRESS_STEP = 25;

  private final UnaryOperator<String> desk;
  private final int total;
  private final AtomicInteger done = new AtomicInteger();

  private Main(UnaryOperator<String> desk, int total) {
    this.desk = desk;
    this.total = total;
  }

  private record Reply(String id, @Nullable String answer, @Nullable String error, double millis) {}

  public static void main(String[] args) throws Exception {
    run(args, SupportDesk.connect()::answer);
  }

  /** Answers with any desk. */
  public static void run(String[] args, UnaryOperator<String> desk) throws Exception {
    if (args.length < 2) {
      System.err.println("usage: legacy-support <questions.jsonl> <answers.jsonl> [threads]");
      System.exit(2);
    }
    int threads = args.length > 2 ? Integer.parseInt(args[2]) : 8;
    List<String> questions = Files.readAllLines(Path.of(args[0]));
    Main main = new Main(desk, questions.size());
    main.answerAll(questions, Path.of(args[1]), threads);
    if (Boolean.getBoolean("support.stay")) {
      System.err.println("answered all; staying until the input ends");
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private void answerAll(List<String> questions, Path answers, int threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (BufferedWriter out = Files.newBufferedWriter(answers)) {
      List<Future<Reply>> replies = new ArrayList<>();
      for (String question : questions) {
        replies.add(pool.submit(() -> reply(JSON.readTree(question))));
      }
      for (Future<Reply> reply : replies) {
        write(out, reply.get());
      }
    } finally {
      pool.shutdown();
    }
  }

  private Reply reply(JsonNode question) {
    String id = question.path("id").asText();
    long start = System.nanoTime();
    try {
      String answer = desk.apply(question.path("text").asText());
      return new Reply(id, answer, null, millisSince(start));
    } catch (RuntimeException e) {
      return new Reply(id, null, e.toString(), millisSince(start));
    } finally {
      progress(done.incrementAndGet());
    }
  }

  private void progress(int count) {
    if (count % PROGRESS_STEP == 0 || count == total) {
      System.err.println("answered " + count + "/" + total);
    }
  }

  private static double millisSince(long start) {
    return Math.round((System.nanoTime() - start) / 1e3) / 1e3;
  }

  private static void write(BufferedWriter out, Reply reply) throws IOException {
    out.write(JSON.writeValueAsString(reply));
    out.newLine();
  }
}
