package com.acme.child;

import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** An application as a server deploys it: its own copies of all classes, and threads that end. */
final class Deployment extends URLClassLoader {

  Deployment() {
    super("deployment", urls(), ClassLoader.getPlatformClassLoader());
  }

  /** Deploys an application, calls it and undeploys it. */
  static WeakReference<ClassLoader> cycle(String application, String question) throws Exception {
    try (Deployment deployment = new Deployment()) {
      deployment.ask(application, "all", question);
      return new WeakReference<>(deployment);
    }
  }

  /** Calls a method of the deployed desk, on a thread of the application. */
  String ask(String application, String method, String question) throws Exception {
    return run(() -> {
      try {
        Class<?> desk = loadClass(application);
        return (String) desk.getMethod(method, String.class).invoke(null, question);
      } catch (InvocationTargetException failure) {
        throw new IllegalStateException(failure.getCause());
      }
    });
  }

  private String run(Callable<String> request) throws Exception {
    FutureTask<String> task = new FutureTask<>(request);
    Thread thread = new Thread(task, "request");
    thread.setContextClassLoader(this);
    thread.start();
    thread.join();
    return task.get();
  }

  private static URL[] urls() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Deployment::url)
        .toArray(URL[]::new);
  }

  private static URL url(String file) {
    try {
      return new File(file).toURI().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
