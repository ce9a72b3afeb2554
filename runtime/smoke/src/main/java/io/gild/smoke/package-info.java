/**
 * Eight smoke tests of a running application, and golden tasks that both versions of one answer.
 */
@NullMarked
package io.gild.smoke;

import org.jspecify.annotations.NullMarked;
