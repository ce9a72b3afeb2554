package com.acme.served;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An application that makes, uses and drops desks, one command a line. */
public final class ServedMain {

  private static final int MOST_COLLECTIONS = 50;

  private static final List<Object> DESKS = new ArrayList<>();
  private static URLClassLoader other;

  private ServedMain() {}

  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line.substring(0, line.indexOf(' ')), line));
    }
  }

  private static String answer(String command, String line) throws Exception {
    String rest = line.substring(command.length() + 1);
    return switch (command) {
      case "load" -> ServedDesk.hours(rest);
      case "make" -> make(new ServedDesk(rest));
      case "make-default" -> make(new ServedDesk());
      case "ask" -> ask(rest);
      case "drop" -> drop();
      case "open" -> open(rest);
      case "close" -> close();
      default -> "unknown command " + command;
    };
  }

  private static String make(Object desk) {
    DESKS.add(desk);
    return "made";
  }

  private static String ask(String question) {
    try {
      return ((ServedDesk) DESKS.get(DESKS.size() - 1)).answer(question);
    } catch (IllegalStateException failure) {
      return "threw " + failure.getMessage();
    }
  }

  private static String drop() throws InterruptedException {
    WeakReference<Object> last = new WeakReference<>(DESKS.get(DESKS.size() - 1));
    DESKS.clear();
    return isCollected(last) ? "dropped" : "kept";
  }

  /** Makes a desk in another application of the same JVM. */
  private static String open(String name) throws Exception {
    URL classes = ServedMain.class.getProtectionDomain().getCodeSource().getLocation();
    other = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    Class<?> type = other.loadClass(ServedDesk.class.getName());
    return make(type.getConstructor(String.class).newInstance(name));
  }

  private static String close() throws Exception {
    WeakReference<ClassLoader> loader = new WeakReference<>(other);
    other.close();
    other = null;
    DESKS.clear();
    return isCollected(loader) ? "closed" : "kept";
  }

  private static boolean isCollected(WeakReference<?> reference) throws InterruptedException {
    for (int i = 0; i < MOST_COLLECTIONS && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    return reference.get() == null;
  }
}
