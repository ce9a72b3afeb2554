package com.acme.mcp;

/** An agent behind the server. */
public final class Desk {

  /** Looks something up. */
  public String find(String what) {
    if (what.equals("trouble")) {
      throw new IllegalStateException("there is trouble");
    }
    return "found " + what;
  }
}
