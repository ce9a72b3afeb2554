package com.acme.http;

/** Some HTTP client with its own settings. */
interface Client {

  /** Posts JSON and returns the status. */
  int post(String url, String json) throws Exception;
}
