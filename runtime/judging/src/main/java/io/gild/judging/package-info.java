/**
 * Judges a new version of an agent against the present one, both at the same time, with tests that
 * stay valid however often they are looked at.
 */
@NullMarked
package io.gild.judging;

import org.jspecify.annotations.NullMarked;
