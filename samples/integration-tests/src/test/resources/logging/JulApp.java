import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.logging.Logger;

/** An application that knows nothing of Gild, and logs to standard output from other threads. */
public class JulApp {

  public static class Desk {
    public String answer(String question) throws Exception {
      in("before");
      ExecutorService pool = Executors.newSingleThreadExecutor();
      pool.submit(() -> in("pooled")).get();
      pool.shutdown();
      return question;
    }
  }

  public static void main(String[] arguments) throws Exception {
    setUp();
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    while (commands.readLine() != null) {
      in("outside");
      new Desk().answer("a prompt that no line may contain");
      in("after");
      finish();
    }
  }

  private static final Logger LOG = Logger.getLogger(JulApp.class.getName());

  static void setUp() {
    System.setErr(System.out);
    System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%n");
  }

  static void in(String message) {
    LOG.info(message);
  }

  static void finish() throws Exception {
    in("end");
  }
}
