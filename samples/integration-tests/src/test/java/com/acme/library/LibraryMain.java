package com.acme.library;

import com.acme.child.AgentControl;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The application in the child JVM: it reads a desk's class, and then on each line an action and
 * its text. Its desks have no reference to Gild.
 */
public final class LibraryMain {

  private final String type;
  private Desk desk;

  private LibraryMain(String type) throws ReflectiveOperationException {
    this.type = type;
    this.desk = newDesk();
  }

  private Desk newDesk() throws ReflectiveOperationException {
    return (Desk) Class.forName(type).getDeclaredConstructor().newInstance();
  }

  public static void main(String[] arguments) throws Exception {
    LibraryMain application = new LibraryMain(arguments[0]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(application.answer(line));
    }
    System.exit(0); // some libraries leave threads behind
  }

  private String answer(String line) {
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
        case "move" -> move(text.split(" "));
        case "settings" -> AgentControl.takeSettings(text);
        case "report" -> AgentControl.report();
        default -> "what is " + line + "?";
      };
    } catch (Throwable failure) {
      if (Boolean.getBoolean("trace")) {
        failure.printStackTrace();
      }
      return "threw " + failure;
    }
  }

  /** Continues with a new desk that shares nothing with the previous one. */
  private String move(String[] providerAndRetries) throws ReflectiveOperationException {
    Desk.moveTo(providerAndRetries[0], providerAndRetries[1]);
    desk = newDesk();
    return "moved";
  }
}
