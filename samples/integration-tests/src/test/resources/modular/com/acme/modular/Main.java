package com.acme.modular;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Answers its input line by line; uses only Gild's annotations. */
final class Main {

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Desk desk = new Desk();
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(desk, line));
    }
    System.exit(0); // the HTTP client leaves threads behind
  }

  private static String answer(Desk desk, String line) {
    String[] words = line.split(" ", 2);
    try {
      return switch (words[0]) {
        case "named" -> desk.named(words[1]);
        case "annotated" -> desk.annotated(words[1]);
        case "chat" -> desk.chat(words[1]);
        default -> "is in a named module: " + Main.class.getModule().isNamed();
      };
    } catch (Throwable failure) {
      return "threw " + failure;
    }
  }
}
