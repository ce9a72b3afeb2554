/**
 * Adds the ids of governed calls to the log lines of the application.
 *
 * <p>The ids are read on the thread that logs, when the library makes its event, and stay in that
 * event: appenders of other threads print them, too. The thread's own MDC never changes.
 */
@NullMarked
package io.gild.logging;

import org.jspecify.annotations.NullMarked;
