/** What users implement: validators of their own, and where golden tests get their agents from. */
@NullMarked
package io.gild.evaluation.spi;

import org.jspecify.annotations.NullMarked;
