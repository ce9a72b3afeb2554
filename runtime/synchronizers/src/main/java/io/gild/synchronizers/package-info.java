/**
 * Semaphores, barriers, fair queues and leaders that several JVMs share.
 *
 * <p>Each holder has a lease and a fencing token: a holder that dies frees what it holds within its
 * lease.
 */
@NullMarked
package io.gild.synchronizers;

import org.jspecify.annotations.NullMarked;
