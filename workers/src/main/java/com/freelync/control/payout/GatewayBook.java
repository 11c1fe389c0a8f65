package com.freelync.control.payout;

import com.freelync.control.payout.Gateway.GatewayUnavailable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payment gateway's own book of what it did. */
public interface GatewayBook {
  /**
   * The next page of a period.
   *
   * @param to the first instant that does not belong to it
   * @param position the {@code next} of the page before; null at the beginning
   * @throws GatewayUnavailable if it cannot say
   */
  BookPage page(Instant from, Instant to, @Nullable String position);

  /**
   * Every entry of a key, of whatever time.
   *
   * @throws GatewayUnavailable if it cannot say
   */
  List<BookEntry> ofKey(String idempotencyKey);
}
