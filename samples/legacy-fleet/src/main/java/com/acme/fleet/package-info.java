/**
 * Writes the sources of a fleet of agents as they grow in a company over years: twelve ways to call
 * a model, in fourteen styles of code, on unmodified libraries, and runs what was written.
 */
@NullMarked
package com.acme.fleet;

import org.jspecify.annotations.NullMarked;
