/**
 * What golden tasks left behind, what it proves, the gates it opens, and reports of it.
 *
 * <p>Runs no code of the application: it reads results, so that builds, commands and pages judge
 * alike.
 */
@NullMarked
package io.gild.gates;

import org.jspecify.annotations.NullMarked;
