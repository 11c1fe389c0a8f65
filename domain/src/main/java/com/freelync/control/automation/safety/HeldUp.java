package com.freelync.control.automation.safety;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step may not act now, and may later: its transaction is taken back, and it waits. */
public final class HeldUp extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Hold hold;
  private final BigDecimal amount;
  private final @Nullable Instant until;
  private final @Nullable OwnLimit own;

  /**
   * @param reason why, for people
   * @param amount the ETB that it would move
   * @param until when it may be tried again; null if nobody knows
   */
  HeldUp(Hold hold, String reason, BigDecimal amount, @Nullable Instant until) {
    this(hold, reason, amount, until, null);
  }

  /**
   * @param own the limit that is full, where the automation sets it for itself
   */
  HeldUp(
      Hold hold,
      String reason,
      BigDecimal amount,
      @Nullable Instant until,
      @Nullable OwnLimit own) {
    super(reason, null, false, false);
    this.hold = hold;
    this.amount = amount;
    this.until = until;
    this.own = own;
  }

  /** A limit that an automation sets for itself: it holds nobody else up. */
  record OwnLimit(LimitMeasure measure, BigDecimal limit) {}

  /** What holds steps up. */
  public enum Hold {
    /** A limit is full. */
    LIMIT,
    /** The action failed too often. */
    BREAKER,
    /** People stopped all that acts. */
    KILL_SWITCH;

    /** As people read it. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What holds it up. */
  public Hold hold() {
    return hold;
  }

  /** Why, for people. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** The ETB that it would move. */
  public BigDecimal amount() {
    return amount;
  }

  /** The limit that is full, where the automation sets it for itself. */
  Optional<OwnLimit> own() {
    return Optional.ofNullable(own);
  }

  /** When it may be tried again; null if nobody knows. */
  public @Nullable Instant until() {
    return until;
  }
}
