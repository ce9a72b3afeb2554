package com.acme;

/** Where orders are. */
public interface Orders {

  String state();
}
