package io.gild.core.spi;

import io.gild.config.Experimental;
import java.util.List;

/**
 * A part of Gild, such as a {@link Stage}, that people can look at and operate. The methods run on
 * a reader's thread while calls go on; they must neither wait nor throw because of a call.
 * Thread-safe.
 */
@Experimental
public interface Controllable {

  /**
   * Returns the present state of each control.
   *
   * @return a snapshot; none of it refers to an object of the application
   */
  List<Control> controls();

  /**
   * Operates a control.
   *
   * @param control the control, as {@link #controls} returned it
   * @param action one of its actions
   * @return what happened, in one sentence
   * @throws IllegalArgumentException if the control is gone or has no such action
   */
  String operate(Control control, String action);
}
