/** An application that opens nothing to anybody. */
module com.acme.modular {
  requires io.gild.annotations;
  requires openai.java.core;
  requires openai.java.client.okhttp;
}
