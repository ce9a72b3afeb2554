package com.acme.child;

import com.acme.http.HttpDesk;
import com.acme.http.PoolDesk;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * The application in the child JVM: each line it reads is a command, each line it writes an answer.
 * It has no reference to Gild.
 */
public final class ChildMain {

  private ChildMain() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line));
    }
  }

  private static String answer(String line) {
    int space = line.indexOf(' ');
    String command = space < 0 ? line : line.substring(0, space);
    String rest = space < 0 ? "" : line.substring(space + 1);
    try {
      return switch (command) {
        case "flaky" -> FlakyDesk.SHARED.answer(rest);
        case "annotated" -> AnnotatedDesk.SHARED.answer(rest);
        case "chat" -> ModelDesk.shared().answer(rest);
        case "stream" -> ModelDesk.shared().stream(rest);
        case "tool" -> ModelDesk.shared().useTool(rest);
        case "http" -> HttpDesk.ask(rest.substring(0, rest.indexOf(' ')), rest);
        case "http-often" -> HttpDesk.askOften(rest);
        case "pool" -> PoolDesk.ask(rest);
        case "unasked" -> PoolDesk.unasked();
        case "frames" -> frames(rest);
        case "sees" -> sees(rest);
        case "closed-loader" -> ClosedLoader.flaky();
        case "bundle-flaky" -> JavaOnlyLoader.ask(FlakyDesk.class, "answer", rest);
        case "bundle-annotated" -> JavaOnlyLoader.ask(AnnotatedDesk.class, "answer", rest);
        case "bundle-chat" -> JavaOnlyLoader.ask(ModelDesk.class, "answer", rest);
        case "bundle-stream" -> JavaOnlyLoader.ask(ModelDesk.class, "stream", rest);
        default -> "unknown command " + command;
      };
    } catch (Throwable failure) {
      if (Boolean.getBoolean("trace")) {
        failure.printStackTrace();
      }
      return "threw " + failure;
    }
  }

  /** Returns the stack traces of a failing question, in one line. */
  private static String frames(String question) {
    try {
      return ModelDesk.shared().answer(question);
    } catch (RuntimeException failure) {
      StringWriter all = new StringWriter();
      failure.printStackTrace(new PrintWriter(all));
      return all.toString().replace(System.lineSeparator(), " ");
    }
  }

  private static String sees(String className) {
    try {
      Class<?> type = Class.forName(className);
      return "yes, in " + type.getModule();
    } catch (ClassNotFoundException unseen) {
      return "no";
    }
  }
}
