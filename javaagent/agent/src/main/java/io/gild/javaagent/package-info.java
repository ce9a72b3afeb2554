/**
 * The entry point of the javaagent, which is visible to an application: it decides whether to
 * start, and loads everything else in a hidden class loader.
 *
 * <p>It uses only {@code java.base} and never throws into the application.
 */
package io.gild.javaagent;
