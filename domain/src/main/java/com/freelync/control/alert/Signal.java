package com.freelync.control.alert;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Something that is measured again and again; a rule names it and says when it is too much. */
public interface Signal {
  /** Its name in rules, such as {@code automation.failure_rate}. */
  String name();

  /**
   * What there is to say, one measurement for each subject. A subject that is not among them keeps
   * the alert that it has.
   *
   * @param handle what the caller's transaction sees
   * @param since the beginning of the rule's window
   */
  List<Measurement> measure(Handle handle, Instant since);
}
