/** Semaphores, barriers, fair queues and leaders in Redis. */
@NullMarked
package io.gild.synchronizers.redis;

import org.jspecify.annotations.NullMarked;
