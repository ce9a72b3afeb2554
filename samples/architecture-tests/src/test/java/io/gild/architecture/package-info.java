/**
 * Keeps the shape of the house: who may compile against whom, and what nobody may use. Each rule
 * also asks for a number of classes, so that it cannot pass on nothing.
 */
@NullMarked
package io.gild.architecture;

import org.jspecify.annotations.NullMarked;
