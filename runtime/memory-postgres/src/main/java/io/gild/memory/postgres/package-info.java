/**
 * Keeps long-term memories in PostgreSQL, so that several JVMs share them.
 *
 * <p>Each change is one transaction, each search reads one snapshot, and every query has the
 * tenant. With pgvector, the nearest vectors come from its index; without it, from an exact search.
 */
@NullMarked
package io.gild.memory.postgres;

import org.jspecify.annotations.NullMarked;
