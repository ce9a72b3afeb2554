package io.gild.integration;

import com.acme.library.AnthropicRawDesk;
import com.acme.library.Desk;
import java.util.EnumSet;
import java.util.Set;

/** anthropic-java's raw responses are governed like its parsed ones. */
class AnthropicRawLibraryTests extends AnthropicLibraryTests {

  @Override
  Class<? extends Desk> desk() {
    return AnthropicRawDesk.class;
  }

  @Override
  Set<Way> ways() {
    return EnumSet.of(Way.CHAT, Way.ASYNC, Way.STREAM, Way.PUSH);
  }
}
