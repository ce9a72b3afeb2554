package io.gild.integration;

import com.acme.library.Desk;
import com.acme.library.OpenAiRawDesk;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** openai-java's raw responses are governed like its parsed ones. */
class OpenAiRawLibraryTests extends LibraryContract {

  @Override
  Class<? extends Desk> desk() {
    return OpenAiRawDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(
        List.of("com.openai:openai-java:4.0.0"), List.of("com.openai:openai-java:4.101.0"));
  }

  @Override
  Set<Way> ways() {
    return EnumSet.of(Way.CHAT, Way.ASYNC, Way.STREAM, Way.PUSH, Way.EMBED, Way.OTHER);
  }
}
