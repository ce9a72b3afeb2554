import java.util.logging.Logger;

public class JulApp extends DeskApp {

  public static void main(String[] arguments) throws Exception {
    new JulApp().run();
  }

  private static final Logger LOG = Logger.getLogger(JulApp.class.getName());

  @Override
  void setUp() {
    System.setErr(System.out);
    System.setProperty("java.util.logging.SimpleFormatter.format", "%5$s%n");
  }

  @Override
  void in(String message) {
    LOG.info(message);
  }

  @Override
  void finish() throws Exception {
    in("end");
  }
}
