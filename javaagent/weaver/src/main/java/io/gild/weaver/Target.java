package io.gild.weaver;

/**
 * A method to weave.
 *
 * @param name its name
 * @param descriptor its erased descriptor
 * @param place what it belongs to
 * @param joinPoint what happens at its calls
 */
record Target(String name, String descriptor, Place place, JoinPoint joinPoint) {

  /** What a woven method belongs to. */
  enum Place {
    /** An agent. */
    AGENT,
    /** A model library. */
    LIBRARY,
    /** An HTTP client or a thread pool. */
    FOUNDATION
  }

  String key(String className) {
    return Sites.key(className, name, descriptor);
  }
}
