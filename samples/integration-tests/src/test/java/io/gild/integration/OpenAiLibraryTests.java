package io.gild.integration;

import com.acme.library.Desk;
import com.acme.library.OpenAiDesk;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class OpenAiLibraryTests extends LibraryContract {

  @Override
  Class<? extends Desk> desk() {
    return OpenAiDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(
        List.of("com.openai:openai-java:4.0.0"), List.of("com.openai:openai-java:4.101.0"));
  }

  @Override
  boolean pulls() {
    return true;
  }

  @Override
  Set<Way> ways() {
    return EnumSet.allOf(Way.class);
  }
}
