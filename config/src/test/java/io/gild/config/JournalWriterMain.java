package io.gild.config;

import java.io.IOException;
import java.nio.file.Path;

/** A JVM that adds lines to a journal from four threads, and prints each line that was added. */
final class JournalWriterMain {

  private static final int THREADS = 4;

  private JournalWriterMain() {}

  public static void main(String[] arguments) {
    Journal journal = JournalTests.journal(Path.of(arguments[0]), arguments[1]);
    String name = arguments[2];
    long most = Long.parseLong(arguments[3]);
    for (int thread = 0; thread < THREADS; thread++) {
      String prefix = name + "-" + thread + "-";
      new Thread(() -> write(journal, prefix, most / THREADS)).start();
    }
  }

  private static void write(Journal journal, String prefix, long lines) {
    try {
      for (long i = 0; i < lines; i++) {
        String line = JournalTests.line(prefix + i);
        journal.append(line);
        System.out.println(line);
      }
    } catch (IOException failure) {
      failure.printStackTrace();
      System.exit(1);
    }
  }
}
