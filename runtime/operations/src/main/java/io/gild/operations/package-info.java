/**
 * Rollouts of new versions: canary and blue-green, decided by verdicts, with automatic rollback and
 * an audit log.
 */
@NullMarked
package io.gild.operations;

import org.jspecify.annotations.NullMarked;
