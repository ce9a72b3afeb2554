package io.gild.integration;

import com.acme.library.BedrockDesk;
import com.acme.library.Desk;
import io.gild.testkit.ModelProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class BedrockLibraryTests extends LibraryContract {

  @Override
  Class<? extends Desk> desk() {
    return BedrockDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(of("2.30.0"), of("2.54.14"));
  }

  private static List<String> of(String version) {
    return List.of(
        "software.amazon.awssdk:bedrockruntime:" + version, "org.slf4j:slf4j-nop:2.0.17");
  }

  @Override
  String url(ModelProvider served) {
    return served.baseUrl();
  }

  @Override
  Set<Way> ways() {
    return EnumSet.of(Way.CHAT, Way.ASYNC, Way.STREAM, Way.TOOL, Way.OTHER);
  }
}
