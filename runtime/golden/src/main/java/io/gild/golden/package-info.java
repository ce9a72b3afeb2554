/**
 * Golden tasks: the question for an agent, the checks of its answer, and the readers of the files
 * and registry entries that declare them.
 */
@NullMarked
package io.gild.golden;

import org.jspecify.annotations.NullMarked;
