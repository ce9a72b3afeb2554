package com.acme.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/** A server that deploys a web application, calls it and undeploys it. */
public final class TomcatMain {

  private static final int COLLECTIONS = 50;

  private final Tomcat tomcat = new Tomcat();
  private final String application = System.getProperty("application");

  private TomcatMain() throws Exception {
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    tomcat.getHost();
    tomcat.start();
  }

  /** Each line names a listener of the application, or {@code none}. */
  public static void main(String[] arguments) throws Exception {
    TomcatMain server = new TomcatMain();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(server.cycle(line));
    }
    server.tomcat.stop();
  }

  /** Returns the last answer, and how many of three class loaders are still in memory. */
  private String cycle(String listener) throws Exception {
    List<WeakReference<ClassLoader>> deployed = new ArrayList<>();
    String answer = "";
    for (int i = 0; i < 3; i++) {
      Context context = deploy(listener);
      answer = ask("why");
      deployed.add(new WeakReference<>(context.getLoader().getClassLoader()));
      tomcat.getHost().removeChild(context);
    }
    return answer + ", " + left(deployed) + " left";
  }

  private Context deploy(String listener) {
    StandardContext context = new StandardContext();
    context.setPath("/shop");
    context.setDocBase(application);
    context.addLifecycleListener(new Tomcat.FixContextListener());
    Tomcat.addServlet(context, "desk", DeskServlet.class.getName());
    context.addServletMappingDecoded("/desk", "desk");
    if (!listener.equals("none")) {
      context.addApplicationListener(listener);
    }
    tomcat.getHost().addChild(context); // which starts it
    return context;
  }

  private String ask(String question) throws IOException {
    URI address =
        URI.create(
            "http://127.0.0.1:%d/shop/desk?%s"
                .formatted(tomcat.getConnector().getLocalPort(), question));
    try (InputStream in = address.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static long left(List<WeakReference<ClassLoader>> deployed) {
    long left = deployed.size();
    for (int i = 0; i < COLLECTIONS && left > 0; i++) {
      System.gc();
      left = deployed.stream().filter(loader -> loader.get() != null).count();
    }
    return left;
  }
}
