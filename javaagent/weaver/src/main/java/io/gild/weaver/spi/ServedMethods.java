package io.gild.weaver.spi;

import io.gild.weaver.ClassShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The methods that are served to other agents: they are governed, and their objects are reported.
 * Thread-safe.
 *
 * <p>All but {@link #made} and {@link #called} may run before main: they must use neither lambdas
 * nor streams.
 */
public interface ServedMethods extends AutoCloseable {

  /** Serves nothing. */
  ServedMethods NONE = new None();

  /** Returns the patterns of the methods, such as {@code com.acme.*Desk#answer}. */
  List<String> matches();

  /**
   * Returns whether a class may have served methods.
   *
   * @param className its binary name
   */
  boolean wantsClass(String className);

  /**
   * Returns the agent that a method belongs to, unless another rule says otherwise.
   *
   * @param className binary name of its class
   * @param methodName its name
   * @return the agent; empty if the method is not served
   */
  String agent(String className, String methodName);

  /**
   * Is notified that a class is there; called again when the class is woven again.
   *
   * @param loader its loader, or {@code null} for the JVM's own
   * @param shape the class
   */
  void found(@Nullable ClassLoader loader, ClassShape shape);

  /**
   * Receives an object whose constructor is about to return; its subclass's may still run.
   *
   * @param className the class of the constructor
   * @param object the object
   */
  void made(String className, Object object);

  /**
   * Receives an object whose served method is called.
   *
   * @param className the class of the method
   * @param object the object
   */
  void called(String className, Object object);

  /** Ends the serving. */
  @Override
  void close();

  /** What serves nothing. */
  final class None implements ServedMethods {

    private None() {}

    @Override
    public List<String> matches() {
      return List.of();
    }

    @Override
    public boolean wantsClass(String className) {
      return false;
    }

    @Override
    public String agent(String className, String methodName) {
      return "";
    }

    @Override
    public void found(@Nullable ClassLoader loader, ClassShape shape) {}

    @Override
    public void made(String className, Object object) {}

    @Override
    public void called(String className, Object object) {}

    @Override
    public void close() {}
  }
}
