package com.acme.app;

import com.acme.library.LoudAgent;

/** Uses the agent of another module and has no agent itself. */
public final class App {

  private App() {}

  public static void main(String[] args) {
    System.out.println(new LoudAgent().say(String.join(" ", args)));
  }
}
