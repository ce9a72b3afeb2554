/**
 * Two versions of an agent in one JVM: which of them answers a call, and calls that only a shadow
 * answers.
 */
@NullMarked
package io.gild.versions;

import org.jspecify.annotations.NullMarked;
