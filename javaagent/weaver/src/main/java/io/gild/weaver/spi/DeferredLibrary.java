package io.gild.weaver.spi;

/** A library whose classes are woven only after it is enabled. Thread-safe. */
public interface DeferredLibrary extends Library {

  /**
   * Returns whether a class is woven now.
   *
   * @param internalName its internal name
   */
  boolean wants(String internalName);
}
