package io.gild.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Runs javac in this JVM, once per line it reads, and answers each with the nanoseconds it took and
 * the CPU nanoseconds of the process since the answer before: the child of {@link Javac}.
 */
public final class CompileLoop {

  private CompileLoop() {}

  /** Takes the arguments of javac; ends with the input, or with status 1 if javac failed. */
  public static void main(String[] args) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    long before = 0;
    while (lines.readLine() != null) {
      long start = System.nanoTime();
      if (javac.run(null, System.err, System.err, args) != 0) {
        System.exit(1);
      }
      long end = System.nanoTime();
      long cpu = process.getProcessCpuTime();
      System.out.println((end - start) + " " + (cpu - before));
      before = process.getProcessCpuTime();
    }
  }
}
