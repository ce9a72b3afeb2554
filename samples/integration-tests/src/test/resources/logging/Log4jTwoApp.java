import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;

public class Log4jTwoApp extends DeskApp {

  public static void main(String[] arguments) throws Exception {
    new Log4jTwoApp().run();
  }

  private static final Logger LOG = LogManager.getLogger(Log4jTwoApp.class);

  @Override
  void setUp() {
    ThreadContext.put("own", "mine");
    ThreadContext.put("gild.method", "hosts");
  }

  @Override
  void in(String message) {
    LOG.info(message);
  }

  @Override
  void finish() throws Exception {
    in("mdc " + new java.util.TreeMap<>(ThreadContext.getContext()));
    in("end");
  }
}
