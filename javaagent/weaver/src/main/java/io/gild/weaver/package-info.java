/**
 * Finds agents in classes as they are loaded and weaves the governed call into their methods.
 *
 * <p>A scan of the constant pool decides whether a class is worth a closer look; only then is Byte
 * Buddy loaded. Woven code uses only {@code java.lang.GildBridge}.
 */
@NullMarked
package io.gild.weaver;

import org.jspecify.annotations.NullMarked;
