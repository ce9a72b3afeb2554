package io.gild.integration;

import com.acme.library.AnthropicDesk;
import com.acme.library.Desk;
import io.gild.testkit.ModelProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class AnthropicLibraryTests extends LibraryContract {

  @Override
  Class<? extends Desk> desk() {
    return AnthropicDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(
        List.of("com.anthropic:anthropic-java:3.0.0"),
        List.of("com.anthropic:anthropic-java:3.12.0"));
  }

  @Override
  String url(ModelProvider served) {
    return served.baseUrl();
  }

  @Override
  Set<Way> ways() {
    return EnumSet.of(Way.CHAT, Way.ASYNC, Way.STREAM, Way.PUSH, Way.TOOL);
  }
}
