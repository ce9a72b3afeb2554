/** Digital twins: an agent in one file, compared, restored and tried with other policies. */
@NullMarked
package io.gild.twin;

import org.jspecify.annotations.NullMarked;
