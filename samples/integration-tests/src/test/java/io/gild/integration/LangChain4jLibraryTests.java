package io.gild.integration;

import com.acme.library.Desk;
import com.acme.library.LangChain4jDesk;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class LangChain4jLibraryTests extends LibraryContract {

  @Override
  Class<? extends Desk> desk() {
    return LangChain4jDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(of("1.11.0", "1.11.0"), of("1.20.0", "1.19.0"));
  }

  /** Not all modules were released with the last core. */
  private static List<String> of(String core, String version) {
    return List.of(
        "dev.langchain4j:langchain4j-core:" + core,
        "dev.langchain4j:langchain4j:" + version,
        "dev.langchain4j:langchain4j-open-ai:" + version,
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
