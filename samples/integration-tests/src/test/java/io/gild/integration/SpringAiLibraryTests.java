package io.gild.integration;

import com.acme.library.Desk;
import com.acme.library.SpringAiDesk;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class SpringAiLibraryTests extends LibraryContract {

  @Override
  Class<? extends Desk> desk() {
    return SpringAiDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(of("2.0.0"), of("2.0.1"));
  }

  private static List<String> of(String version) {
    return List.of(
        "org.springframework.ai:spring-ai-openai:" + version,
        "org.springframework.ai:spring-ai-client-chat:" + version,
        "com.fasterxml.jackson.core:jackson-annotations:2.21", // as Boot manages it
        "org.slf4j:slf4j-nop:2.0.17");
  }

  @Override
  boolean takesInstructions() {
    return true;
  }

  @Override
  Set<Way> ways() {
    return EnumSet.of(Way.CHAT, Way.STREAM, Way.TOOL, Way.EMBED);
  }

  @Override
  boolean runsTools() {
    return true;
  }
}
