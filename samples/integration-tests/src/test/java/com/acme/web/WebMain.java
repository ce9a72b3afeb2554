package com.acme.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A web application on Spring WebFlux: it reads a controller's class, and then on each line a
 * question for its own page. It has no reference to Gild.
 */
public final class WebMain {

  private WebMain() {}

  /** The configuration of Spring. */
  @EnableWebFlux
  public static class Web {}

  public static void main(String[] arguments) throws Exception {
    HttpHandler pages =
        WebHttpHandlerBuilder.applicationContext(
                new AnnotationConfigApplicationContext(Web.class, Class.forName(arguments[0])))
            .build();
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(pages))
            .bindNow();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(ask(server.port(), line.substring("chat ".length())));
    }
    System.exit(0);
  }

  private static String ask(int port, String question) throws IOException {
    String query = "?question=" + URLEncoder.encode(question, StandardCharsets.UTF_8);
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/chat" + query).toURL().openConnection();
    int status = connection.getResponseCode();
    if (status != 200) {
      return "status " + status;
    }
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
