package com.acme.memory;

/** An application with chat memories that a server deploys and undeploys. */
public final class RememberingDesk {

  private RememberingDesk() {}

  /** Has a conversation of each kind. */
  public static String all(String question) throws Exception {
    Talk talk =
        (Talk) Class.forName(System.getProperty("talk")).getDeclaredConstructor().newInstance();
    talk.remove("shared");
    return talk.say("own", question) + talk.share("shared", question) + talk.show("shared");
  }
}
