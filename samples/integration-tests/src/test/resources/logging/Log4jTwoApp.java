import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;

/** An application that knows nothing of Gild, and logs to standard output from other threads. */
public class Log4jTwoApp {

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

  private static final Logger LOG = LogManager.getLogger(Log4jTwoApp.class);

  static void setUp() {
    ThreadContext.put("own", "mine");
    ThreadContext.put("gild.method", "hosts");
  }

  static void in(String message) {
    LOG.info(message);
  }

  static void finish() throws Exception {
    in("mdc " + new java.util.TreeMap<>(ThreadContext.getContext()));
    in("end");
  }
}
