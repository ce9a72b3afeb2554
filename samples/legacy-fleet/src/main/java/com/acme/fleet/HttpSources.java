package com.acme.fleet;

import java.util.List;

/** Agents that write JSON by hand. */
final class HttpSources {

  private static final String BODY =
      """
          String body =
              "{\\"model\\":\\"" + MODEL + "\\",\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":\\""
                  + Texts.escape(PROMPT + question)
                  + "\\"}]}";
      """;

  private HttpSources() {}

  static Source jdk() {
    return new Source(
        List.of(
            "java.io.IOException",
            "java.net.URI",
            "java.net.http.HttpClient",
            "java.net.http.HttpRequest",
            "java.net.http.HttpResponse"),
        "  private STATICfinal HttpClient http = Models.http();\n",
        BODY
            + """
                HttpRequest request =
                    HttpRequest.newBuilder(URI.create(Models.httpUrl() + "/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer none")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                try {
                  HttpResponse<String> response =
                      http.send(request, HttpResponse.BodyHandlers.ofString());
                  return Texts.content(response.body());
                } catch (IOException e) {
                  throw new IllegalStateException("the model cannot be reached", e);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                  throw new IllegalStateException("interrupted", e);
                }
            """,
        "");
  }

  static Source okHttp() {
    return new Source(
        List.of(
            "java.io.IOException",
            "okhttp3.MediaType",
            "okhttp3.OkHttpClient",
            "okhttp3.Request",
            "okhttp3.RequestBody",
            "okhttp3.Response"),
        "  private STATICfinal OkHttpClient http = new OkHttpClient();\n",
        BODY
            + """
                Request request =
                    new Request.Builder()
                        .url(Models.httpUrl() + "/v1/chat/completions")
                        .header("Authorization", "Bearer none")
                        .post(RequestBody.create(body, MediaType.get("application/json")))
                        .build();
                try (Response response = http.newCall(request).execute()) {
                  return Texts.content(response.body().string());
                } catch (IOException e) {
                  throw new IllegalStateException("the model cannot be reached", e);
                }
            """,
        "");
  }

  static Source urlConnection() {
    return new Source(
        List.of(
            "java.io.IOException",
            "java.io.OutputStream",
            "java.net.HttpURLConnection",
            "java.net.URI",
            "java.nio.charset.StandardCharsets"),
        "",
        BODY
            + """
                try {
                  HttpURLConnection connection =
                      (HttpURLConnection)
                          URI.create(Models.httpUrl() + "/v1/chat/completions").toURL().openConnection();
                  connection.setRequestMethod("POST");
                  connection.setRequestProperty("Content-Type", "application/json");
                  connection.setRequestProperty("Authorization", "Bearer none");
                  connection.setDoOutput(true);
                  try (OutputStream out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                  }
                  return Texts.content(
                      new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                  throw new IllegalStateException("the model cannot be reached", e);
                }
            """,
        "");
  }
}
