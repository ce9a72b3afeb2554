package com.acme.memory;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An application in a child JVM: it reads the class of a talk, and then on each line an action, an
 * id and a text. It has no reference to Gild.
 */
public final class TalkMain {

  private final Talk talk;

  private TalkMain(String type) throws ReflectiveOperationException {
    this.talk = (Talk) Class.forName(type).getDeclaredConstructor().newInstance();
  }

  public static void main(String[] arguments) throws Exception {
    TalkMain application = new TalkMain(arguments[0]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(application.answer(line.split(" ", 3)));
    }
    System.exit(0); // some libraries leave threads behind
  }

  private String answer(String[] words) {
    try {
      return switch (words[0]) {
        case "say" -> talk.say(words[1], words[2]);
        case "share" -> talk.share(words[1], words[2]);
        case "anonymous" -> talk.anonymous(words[2]);
        case "another" -> {
          talk.another();
          yield "done";
        }
        case "stream" -> talk.stream(words[1], words[2]);
        case "tool" -> talk.tool(words[1], words[2]);
        case "both" -> both(words[1], words[2]);
        case "serve" -> talk.serve(words[1], words[2]);
        case "add" -> {
          talk.add(words[1]);
          yield "done";
        }
        case "show" -> talk.show(words[1]);
        case "remove" -> {
          talk.remove(words[1]);
          yield "done";
        }
        default -> "unknown command " + words[0];
      };
    } catch (Throwable failure) {
      if (Boolean.getBoolean("trace")) {
        failure.printStackTrace();
      }
      return "threw " + failure;
    }
  }

  /** Many turns of one conversation at once. */
  private String both(String id, String text) {
    List<CompletableFuture<String>> turns = new ArrayList<>();
    for (String each : text.split(" ")) {
      turns.add(CompletableFuture.supplyAsync(() -> talk.share(id, each)));
    }
    turns.forEach(CompletableFuture::join);
    return "done";
  }
}
