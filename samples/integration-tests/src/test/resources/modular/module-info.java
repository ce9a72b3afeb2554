/** An application that opens no package. */
module com.acme.modular {
  requires io.gild.annotations;
  requires openai.java.core;
  requires openai.java.client.okhttp;
}
