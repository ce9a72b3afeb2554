package io.gild.weaver;

import io.gild.weaver.spi.JoinPoint;

/**
 * A method to weave.
 *
 * @param name its name
 * @param descriptor its erased descriptor
 * @param place the kind of code that it belongs to
 * @param joinPoint the action at its calls
 */
record Target(String name, String descriptor, Place place, JoinPoint joinPoint) {

  /** The kind of code that a woven method belongs to. */
  enum Place {
    /** An agent. */
    AGENT,
    /** A model library. */
    LIBRARY,
    /** An HTTP client, a thread pool, or Gild's own copy in the application: not reported. */
    UNREPORTED
  }

  String key(String className) {
    return Sites.key(className, name, descriptor);
  }
}
