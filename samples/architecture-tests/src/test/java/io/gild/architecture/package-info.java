/**
 * Checks the architecture: which module may compile against which, and which types no module may
 * use. Each rule also expects a number of classes, so that it cannot pass without any.
 */
@NullMarked
package io.gild.architecture;

import org.jspecify.annotations.NullMarked;
