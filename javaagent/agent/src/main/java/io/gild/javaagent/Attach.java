package io.gild.javaagent;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Properties;

/** Attaches the agent to a running JVM, or detaches it. */
public final class Attach {

  /** Describes in one line why an attach failed. */
  public static final class Failure extends Exception {

    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message);
    }
  }

  private Attach() {}

  /**
   * Attaches from a command line: {@code java -jar gild-javaagent.jar PID [options | detach |
   * console[=PORT]]}.
   *
   * @param arguments process id and options
   */
  public static void main(String... arguments) {
    if (arguments.length < 1 || arguments.length > 2) {
      System.err.println("Usage: java -jar gild-javaagent.jar PID [options | detach]");
      System.exit(2);
    }
    try {
      attach(arguments[0], arguments.length == 2 ? arguments[1] : "");
    } catch (Failure failure) {
      System.err.println("[gild] " + failure.getMessage());
      System.exit(1);
    }
  }

  /**
   * Attaches the jar that contains this class.
   *
   * @param pid process id of the JVM
   * @param options the agent's options, {@code detach}, or {@code console} for the console of an
   *     agent that is attached
   * @throws Failure if that is not possible
   */
  public static void attach(String pid, String options) throws Failure {
    VirtualMachine machine = open(pid);
    try {
      if (!AgentMain.isForConsole(options)) {
        check(pid, machine.getSystemProperties(), options.equals("detach"));
      } else if (!isAttached(machine.getSystemProperties())) {
        throw new Failure(
            "process "
                + pid
                + " does not hold the agent, which has the console; attach it first, with a"
                + " gild.yaml that sets console.port");
      }
      machine.loadAgent(jar().getAbsolutePath(), options);
    } catch (AgentLoadException | AgentInitializationException | IOException refused) {
      throw new Failure(
          "process "
              + pid
              + " did not take the agent ("
              + refused.getMessage()
              + "); it may run with -XX:-EnableDynamicAgentLoading: use -javaagent instead");
    } finally {
      close(machine);
    }
  }

  private static VirtualMachine open(String pid) throws Failure {
    if (ProcessHandle.of(number(pid)).isEmpty()) {
      throw new Failure("there is no process " + pid);
    }
    try {
      return VirtualMachine.attach(pid);
    } catch (AttachNotSupportedException | IOException refused) {
      throw new Failure(
          "process "
              + pid
              + " cannot be attached to ("
              + refused.getMessage()
              + "); it must be a JVM of the same user, without -XX:+DisableAttachMechanism");
    }
  }

  private static long number(String pid) throws Failure {
    try {
      return Long.parseLong(pid);
    } catch (NumberFormatException wrong) {
      throw new Failure("\"" + pid + "\" is not a process id; jps lists the JVMs that run here");
    }
  }

  static void check(String pid, Properties properties, boolean detach) throws Failure {
    String version = properties.getProperty("java.specification.version");
    if (!AgentPreMain.isSupported(version)) {
      throw new Failure("process " + pid + " is Java " + version + "; Gild needs 17 or later");
    }
    boolean attached = isAttached(properties);
    if (attached && !detach) {
      throw new Failure("process " + pid + " holds the agent already; detach it first");
    }
    if (!attached && detach) {
      throw new Failure("process " + pid + " does not hold the agent; there is nothing to detach");
    }
  }

  private static boolean isAttached(Properties properties) {
    return Boolean.parseBoolean(properties.getProperty(AgentMain.ATTACHED));
  }

  private static File jar() throws Failure {
    try {
      return new File(Attach.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new Failure("the agent's jar cannot be found: " + impossible.getMessage());
    }
  }

  private static void close(VirtualMachine machine) {
    try {
      machine.detach();
    } catch (IOException ended) {
      // The other JVM has ended meanwhile; there is nothing left to do.
    }
  }
}
