/**
 * The part of the javaagent that the JVM enters, and that an application can see: it decides
 * whether to start, and loads everything else out of sight.
 *
 * <p>It uses {@code java.base} alone and never lets anything escape into the application.
 */
package io.gild.javaagent;
