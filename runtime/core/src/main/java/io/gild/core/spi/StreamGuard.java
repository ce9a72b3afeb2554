package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.AgentCall;
import org.jspecify.annotations.Nullable;

/** A {@link Stage} that may end a streamed answer while its elements reach the caller. */
@Experimental
public interface StreamGuard {

  /**
   * Is notified of an element that has reached the caller; must be quick.
   *
   * @param call the call
   * @param element the element, not to be changed
   * @throws io.gild.core.CallRefused to end the stream after this element; its consumer gets the
   *     refusal, and the call fails
   */
  void passed(AgentCall call, @Nullable Object element);
}
