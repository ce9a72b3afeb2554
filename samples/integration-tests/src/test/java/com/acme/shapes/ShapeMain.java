package com.acme.shapes;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;

/**
 * The application in the child JVM: it reads a program's class, and then on each line a seed. For
 * each seed it prints what the program saw in each way. Its exit code depends on the seeds.
 */
public final class ShapeMain {

  private static final long LONGEST_TASK_MILLIS = 10_000;

  private ShapeMain() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Program program = (Program) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int asked = 0;
    out.println("ready");
    out.flush();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("threads")) {
        out.println(escaped(threads()));
      } else if (line.equals("left")) {
        out.println(left());
      } else {
        asked += ask(program, Long.parseLong(line), out);
      }
      out.flush();
    }
    System.exit(1 + asked % 100); // some libraries leave threads behind
  }

  private static int ask(Program program, long seed, PrintStream out) {
    for (Map.Entry<String, Program.Way> way : program.ways().entrySet()) {
      String seen;
      try {
        seen = String.valueOf(way.getValue().ask(program.model(way.getKey(), seed)));
      } catch (Throwable failure) {
        seen = "threw " + Program.failure(failure);
      }
      out.println(way.getKey() + " " + escaped(withoutIdentity(seen)));
    }
    out.println();
    return program.ways().size();
  }

  /** Leaves out what differs from run to run: identities of objects, and random identifiers. */
  private static String withoutIdentity(String seen) {
    return seen.replaceAll("@[0-9a-f]{4,8}\\b", "@#")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "#");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\u2028", "\\u2028");
  }

  /** Returns the kinds of threads that keep the program alive; those of single tasks end first. */
  private static String threads() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().matches("Thread-\\d+") && !thread.isDaemon()) {
        thread.join(LONGEST_TASK_MILLIS);
      }
    }
    TreeSet<String> names = new TreeSet<>();
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon())
        .forEach(thread -> names.add(thread.getName().replaceAll("[0-9]+", "#")));
    return names.toString();
  }

  /** Returns how many threads and descriptors there are after garbage collection. */
  private static String left() {
    System.gc();
    String[] open = new File("/proc/self/fd").list();
    return Thread.getAllStackTraces().size() + " " + (open == null ? 0 : open.length);
  }
}
