/**
 * What all modules that use PostgreSQL share: where it is, connections, and failures that name a
 * remedy.
 */
@NullMarked
package io.gild.postgres;

import org.jspecify.annotations.NullMarked;
