package io.gild.gates;

import java.nio.file.Path;

/** Writes the sample report, to look at: {@code java ... FOLDER TASKS}. */
final class SampleReportMain {

  private SampleReportMain() {}

  public static void main(String[] arguments) {
    System.out.println(
        SampleReport.of(Integer.parseInt(arguments[1])).write(Path.of(arguments[0])));
  }
}
