/** What all modules that use Redis share: where it is, scripts, and failures that name a remedy. */
@NullMarked
package io.gild.redis;

import org.jspecify.annotations.NullMarked;
