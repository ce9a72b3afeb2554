package com.acme;

/** The places of orders. */
public interface Orders {

  String state();
}
