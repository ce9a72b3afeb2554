package com.acme.memory;

/** An application with chat memories of LangChain4j that a server deploys and undeploys. */
public final class RememberingDesk {

  private RememberingDesk() {}

  /** Has a conversation of each kind. */
  public static String all(String question) {
    LangChain4jTalk talk = new LangChain4jTalk();
    talk.remove("shared");
    return talk.say("own", question) + talk.share("shared", question) + talk.show("shared");
  }
}
