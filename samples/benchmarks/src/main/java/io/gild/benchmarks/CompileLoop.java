package io.gild.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Runs javac in this JVM: a child of {@link BuildJvm}. */
public final class CompileLoop {

  private CompileLoop() {}

  /** Takes the arguments of javac. */
  public static void main(String[] args) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    answer(() -> javac.run(null, System.err, System.err, args) == 0);
  }

  /**
   * Runs a step of a build once per input line, and prints for each its nanoseconds and the CPU
   * nanoseconds of the process since the previous line. Ends with the input, or with status 1 if
   * the step failed.
   */
  static void answer(BooleanSupplier step) throws IOException {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    long before = 0;
    while (lines.readLine() != null) {
      long start = System.nanoTime();
      if (!step.getAsBoolean()) {
        System.exit(1);
      }
      long end = System.nanoTime();
      long cpu = process.getProcessCpuTime();
      System.out.println((end - start) + " " + (cpu - before));
      before = process.getProcessCpuTime();
    }
  }
}
