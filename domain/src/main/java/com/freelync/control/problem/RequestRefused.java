package com.freelync.control.problem;

import java.time.Duration;
import java.util.List;

/** A request that cannot be carried out, with what its sender needs to know. */
public abstract sealed class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private boolean isAudited;

  private RequestRefused(String message) {
    super(message);
  }

  /** The same, of which the audit log has been told. */
  public RequestRefused audited() {
    isAudited = true;
    return this;
  }

  /** Whether who refused it has told the audit log. */
  public boolean isAudited() {
    return isAudited;
  }

  /** There is no such thing. */
  public static final class NotFound extends RequestRefused {
    private static final long serialVersionUID = 1L;

    public NotFound(String kind, Object id) {
      super("There is no " + kind + " " + id + ".");
    }
  }

  /** Its content is invalid. */
  public static final class Invalid extends RequestRefused {
    private static final long serialVersionUID = 1L;
    private final transient List<FieldError> errors;

    public Invalid(List<FieldError> errors) {
      super("The request is well-formed but invalid.");
      this.errors = List.copyOf(errors);
    }

    /** Everything that is wrong. */
    public List<FieldError> errors() {
      return errors;
    }
  }

  /** It may not be done in the present state. */
  public static final class IllegalMove extends RequestRefused {
    private static final long serialVersionUID = 1L;
    private final transient List<String> allowed;

    public IllegalMove(String message, List<String> allowed) {
      super(message);
      this.allowed = List.copyOf(allowed);
    }

    /** The moves that are legal now. */
    public List<String> allowed() {
      return allowed;
    }
  }

  /** The caller may not do it, whatever the state. */
  public static final class Forbidden extends RequestRefused {
    private static final long serialVersionUID = 1L;

    public Forbidden(String message) {
      super(message);
    }
  }

  /** A question that takes longer than one may; nothing is wrong with it but its size. */
  public static final class TooExpensive extends RequestRefused {
    private static final long serialVersionUID = 1L;

    public TooExpensive(String message) {
      super(message);
    }
  }

  /** It would be done, but for how much is done at the moment. */
  public static final class Busy extends RequestRefused {
    private static final long serialVersionUID = 1L;
    private final Duration next;

    /**
     * One that says when to come again.
     *
     * @param next the time until then
     */
    public Busy(String message, Duration next) {
      super(message);
      this.next = next;
    }

    /** The time until it may be tried again. */
    public Duration next() {
      return next;
    }
  }

  /** The caller did it often enough for now. */
  public static final class TooMany extends RequestRefused {
    private static final long serialVersionUID = 1L;
    private final String limit;
    private final int most;
    private final Duration window;
    private final Duration next;

    /**
     * One that says when there is room again.
     *
     * @param limit its name
     * @param most how often in the window
     * @param next the time until one more place is free
     */
    public TooMany(String limit, int most, Duration window, Duration next) {
      this(
          "Each person has %d of %s in any %s; the next place is free in %d s."
              .formatted(most, limit, words(window), seconds(next)),
          limit,
          most,
          window,
          next);
    }

    private TooMany(String message, String limit, int most, Duration window, Duration next) {
      super(message);
      this.limit = limit;
      this.most = most;
      this.window = window;
      this.next = next;
    }

    /** One whose windows begin at fixed instants, such as the full hour. */
    public static TooMany ofFixedWindow(String limit, int most, Duration window, Duration next) {
      return new TooMany(
          "Each person has %d of %s in each full %s; the next one begins in %d s."
              .formatted(most, limit, words(window), seconds(next)),
          limit,
          most,
          window,
          next);
    }

    private static long seconds(Duration next) {
      return Math.max(1, (next.toMillis() + 999) / 1_000);
    }

    private static String words(Duration window) {
      return window.toMinutes() % 60 == 0 && window.toHours() > 0
          ? window.toHours() == 1 ? "hour" : window.toHours() + " hours"
          : window.toSeconds() + " seconds";
    }

    /** The limit's name. */
    public String limit() {
      return limit;
    }

    /** How often in the window. */
    public int most() {
      return most;
    }

    /** The window. */
    public Duration window() {
      return window;
    }

    /** The time until one more place is free. */
    public Duration next() {
      return next;
    }
  }

  /** It was made for an older revision. */
  public static final class Stale extends RequestRefused {
    private static final long serialVersionUID = 1L;

    public Stale() {
      super("It was changed in the meantime: read it again and repeat the change.");
    }
  }
}
