package io.gild.weaver.spi;

/**
 * A library whose classes are woven from some moment on; until then, it wants none. Thread-safe.
 */
public interface DeferredLibrary extends Library {

  /**
   * Returns whether a class is woven now.
   *
   * @param internalName its internal name
   */
  boolean wants(String internalName);
}
