package com.acme.library;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The application in the child JVM: it is told a desk's class, and then on each line what to do and
 * with which text. It knows nothing of Gild.
 */
public final class LibraryMain {

  private LibraryMain() {}

  public static void main(String[] arguments) throws Exception {
    Desk desk = (Desk) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(desk, line));
    }
    System.exit(0); // some libraries leave threads behind
  }

  private static String answer(Desk desk, String line) {
    int space = line.indexOf(' ');
    String text = line.substring(space + 1);
    try {
      return switch (line.substring(0, space)) {
        case "chat" -> desk.chat(text);
        case "async" -> desk.async(text);
        case "stream" -> desk.stream(text);
        case "push" -> desk.push(text);
        case "tool" -> desk.tool(text);
        case "embed" -> desk.embed(text);
        case "tool-runs" -> Desk.toolRuns();
        case "other" -> desk.other(text);
        default -> "what is " + line + "?";
      };
    } catch (Throwable failure) {
      if (Boolean.getBoolean("trace")) {
        failure.printStackTrace();
      }
      return "threw " + failure;
    }
  }
}
