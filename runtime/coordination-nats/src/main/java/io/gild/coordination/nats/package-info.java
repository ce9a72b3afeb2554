/** Messages, dead letters and synchronizers in NATS JetStream. */
@NullMarked
package io.gild.coordination.nats;

import org.jspecify.annotations.NullMarked;
