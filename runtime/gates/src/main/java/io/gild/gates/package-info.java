/**
 * Results of golden tasks, their statistics, gates on them, and reports.
 *
 * <p>Runs no code of the application: it reads results, so that builds, commands and pages judge in
 * the same way.
 */
@NullMarked
package io.gild.gates;

import org.jspecify.annotations.NullMarked;
