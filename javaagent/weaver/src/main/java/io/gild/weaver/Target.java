package io.gild.weaver;

/**
 * A method to weave.
 *
 * @param name its name
 * @param descriptor its erased descriptor
 * @param library whether it belongs to a model library, and not to an agent
 * @param joinPoint what happens at its calls
 */
record Target(String name, String descriptor, boolean library, JoinPoint joinPoint) {

  String key(String className) {
    return Sites.key(className, name, descriptor);
  }
}
