/**
 * Keeps the ledger in PostgreSQL, so that a fleet of JVMs has one.
 *
 * <p>Each JVM writes to a folder of its machine, as without PostgreSQL, and a thread sends what is
 * new. No call and no line waits for the server.
 */
@NullMarked
package io.gild.ledger.postgres;

import org.jspecify.annotations.NullMarked;
