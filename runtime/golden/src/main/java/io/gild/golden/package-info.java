/**
 * Golden tasks: what an agent is asked, what its answer must satisfy, and the readers of the files
 * and registry entries that declare them.
 */
@NullMarked
package io.gild.golden;

import org.jspecify.annotations.NullMarked;
