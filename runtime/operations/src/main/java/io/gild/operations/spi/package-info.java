/** What a module implements to give versions their share of the traffic, and to measure them. */
@NullMarked
package io.gild.operations.spi;

import org.jspecify.annotations.NullMarked;
