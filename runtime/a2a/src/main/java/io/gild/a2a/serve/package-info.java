/**
 * Methods that exist, served as the skills of an agent.
 *
 * <p>Messages become arguments, results become artifacts. The calls are governed as all others are.
 */
@NullMarked
package io.gild.a2a.serve;

import org.jspecify.annotations.NullMarked;
