package com.acme.shop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks the desk; a line is a number of customers and a question. */
public final class ShopMain {

  private ShopMain() {}

  /** Answers each line with how many answers were old and new, and how many calls failed. */
  public static void main(String... args) throws IOException {
    ShopDesk desk = new ShopDesk();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      int old = 0;
      int changed = 0;
      int failed = 0;
      for (int i = 0; i < Integer.parseInt(words[0]); i++) {
        try {
          if (desk.answer("customer-" + i, words[1]).startsWith("new")) {
            changed++;
          } else {
            old++;
          }
        } catch (IllegalStateException expected) {
          failed++;
        }
      }
      System.out.println("old " + old + " new " + changed + " failed " + failed);
    }
  }
}
