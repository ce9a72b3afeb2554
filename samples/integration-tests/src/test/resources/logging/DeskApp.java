import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An application that knows nothing of Gild, and logs to standard output from other threads. */
public abstract class DeskApp {

  public static class Desk {

    private final DeskApp app;

    Desk(DeskApp app) {
      this.app = app;
    }

    public String answer(String question) throws Exception {
      app.in("before");
      ExecutorService pool = Executors.newSingleThreadExecutor();
      pool.submit(() -> app.in("pooled")).get();
      pool.shutdown();
      return question;
    }
  }

  void run() throws Exception {
    setUp();
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    while (commands.readLine() != null) {
      in("outside");
      new Desk(this).answer("a prompt that no line may contain");
      in("after");
      finish();
    }
  }

  abstract void setUp();

  abstract void in(String message);

  abstract void finish() throws Exception;
}
