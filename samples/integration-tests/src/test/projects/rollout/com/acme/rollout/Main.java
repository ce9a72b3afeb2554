package com.acme.rollout;

import io.gild.core.GildRuntime;
import io.gild.versions.Variant;
import io.gild.versions.VersionSplit;
import io.gild.versions.Versions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reads one command per line and writes its answer. */
public final class Main {

  private static VersionSplit split;

  public static void main(String[] arguments) throws Exception {
    Desk desk = new Desk_Gild();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(desk, line));
    }
  }

  private static String answer(Desk desk, String line) {
    try {
      switch (line) {
        case "begin":
          split =
              Versions.of(GildRuntime.global())
                  .split("r", "desk", Variant.named("2.0").implementation(NextDesk_Gild.class.getName()))
                  .share(10_000);
          return "begun";
        case "count":
          return String.valueOf(split.counts().canary());
        case "close":
          split.close();
          return "closed";
        default:
          return desk.answer("ann", line);
      }
    } catch (Throwable failure) {
      return "threw " + failure;
    }
  }
}
