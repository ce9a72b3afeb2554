/** Eight smoke tests of a running application, made from what it declares. */
@NullMarked
package io.gild.smoke;

import org.jspecify.annotations.NullMarked;
