package io.gild.traffic;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Callers that send requests one after the other until they are closed. */
final class Load implements AutoCloseable {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final List<Thread> callers = new ArrayList<>();
  private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean ended;

  private Load() {}

  static Load start(String url, int callers) {
    Load load = new Load();
    for (int i = 0; i < callers; i++) {
      Thread caller = new Thread(() -> load.run(url), "caller-" + i);
      load.callers.add(caller);
      caller.start();
    }
    return load;
  }

  /** Sends requests one after the other; returns how many each version answered. */
  static Map<String, Long> send(String url, int requests) {
    Map<String, Long> answers = new TreeMap<>();
    for (int i = 0; i < requests; i++) {
      answers.merge(answer(url), 1L, Long::sum);
    }
    return answers;
  }

  /** Returns the text of a successful answer, or why there is none. */
  static String answer(String url) {
    try {
      HttpResponse<String> response =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build(),
              HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == 200 ? response.body() : "status " + response.statusCode();
    } catch (IOException failure) {
      return failure.toString();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private void run(String url) {
    while (!ended) {
      String answer = answer(url);
      if (answer.equals("stable") || answer.equals("canary")) {
        answers.computeIfAbsent(answer, absent -> new AtomicLong()).incrementAndGet();
      } else {
        failures.add(answer);
      }
    }
  }

  /** Returns how many requests a version answered so far. */
  long answered(String version) {
    AtomicLong number = answers.get(version);
    return number == null ? 0 : number.get();
  }

  long total() {
    return answered("stable") + answered("canary") + failures.size();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    end();
  }

  /** Ends the callers, each after its request. */
  void end() {
    ended = true;
    for (Thread caller : callers) {
      try {
        caller.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
