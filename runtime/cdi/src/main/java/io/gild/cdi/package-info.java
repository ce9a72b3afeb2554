/** Governs annotated beans of CDI containers. */
@NullMarked
package io.gild.cdi;

import org.jspecify.annotations.NullMarked;
