package io.gild.integration;

import com.acme.library.AdkDesk;
import com.acme.library.Desk;
import io.gild.testkit.ModelProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class AdkLibraryTests extends LibraryContract {

  @Override
  Class<? extends Desk> desk() {
    return AdkDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(of("1.0.0"), of("1.8.0"));
  }

  private static List<String> of(String version) {
    return List.of("com.google.adk:google-adk:" + version, "org.slf4j:slf4j-nop:2.0.17");
  }

  @Override
  String url(ModelProvider served) {
    return served.baseUrl();
  }

  @Override
  Set<Way> ways() {
    return EnumSet.of(Way.CHAT, Way.ASYNC, Way.STREAM, Way.TOOL, Way.OTHER);
  }

  @Override
  Set<Way> cached() {
    return EnumSet.of(Way.CHAT, Way.ASYNC);
  }

  @Override
  boolean runsTools() {
    return true;
  }
}
