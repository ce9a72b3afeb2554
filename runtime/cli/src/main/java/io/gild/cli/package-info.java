/**
 * The commands for the terminal. Each command is one class; {@link io.gild.cli.Main} lists them.
 */
@NullMarked
package io.gild.cli;

import org.jspecify.annotations.NullMarked;
