package com.acme.http;

/** An agent that calls its model with only an HTTP client. */
public final class HttpDesk {

  private HttpDesk() {}

  /** Sends a request through a client of this package; returns the result. */
  public static String ask(String clientName, String question) throws Exception {
    Client client =
        (Client) Class.forName("com.acme.http." + clientName).getConstructor().newInstance();
    String url = System.getenv("PROVIDER") + "/chat/completions";
    String json =
        "{\"model\": \"own-model\", \"messages\": [{\"role\": \"user\", \"content\": \""
            + question
            + "\"}]}";
    try {
      return "status " + client.post(url, json);
    } catch (Exception failure) {
      return "failed " + failure.getClass().getName();
    }
  }

  /** Sends four requests; returns all results, with the causes of failures. */
  public static String askOften(String clientName) throws Exception {
    Client client =
        (Client) Class.forName("com.acme.http." + clientName).getConstructor().newInstance();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      try {
        all.append(client.post(System.getenv("PROVIDER") + "/chat/completions", "{}"));
      } catch (Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
          all.append(cause == failure ? "" : "<").append(cause.getClass().getName());
        }
      }
      all.append(' ');
    }
    return all.toString().trim();
  }
}
