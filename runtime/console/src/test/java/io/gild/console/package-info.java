/** Tests of the console. */
@NullMarked
package io.gild.console;

import org.jspecify.annotations.NullMarked;
