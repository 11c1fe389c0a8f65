package com.freelync.control.payout;

import com.freelync.control.automation.safety.CallBreaker;
import com.freelync.control.payout.CorrectionActivities.TakeBack;
import com.freelync.control.payout.GatewayActivities.Answer;
import com.freelync.control.payout.TransferActivities.Order;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The gateway behind its circuit breaker (AU-10): while that is open it is not asked, and the call
 * is repeated later. What the gateway refuses is no failure, and no success; nor is what it says of
 * a key: it may be able to look up and not to pay.
 */
public final class GuardedGateway implements Gateway {
  /** Money waits no longer than this for a gateway that works again. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);

  private final Gateway gateway;
  private final CallBreaker breaker;
  private final Clock clock;

  public GuardedGateway(Gateway gateway, CallBreaker breaker, Clock clock) {
    this.gateway = gateway;
    this.breaker = breaker;
    this.clock = clock;
  }

  @Override
  public Answer disburse(Order order) {
    return guarded(order.idempotencyKey(), () -> gateway.disburse(order), Answer::paid);
  }

  @Override
  public Optional<Answer> find(Order order) {
    return guarded(order.idempotencyKey(), () -> gateway.find(order), found -> false);
  }

  @Override
  public Answer takeBack(TakeBack order) {
    return guarded(order.idempotencyKey(), () -> gateway.takeBack(order), Answer::paid);
  }

  @Override
  public Optional<Answer> find(TakeBack order) {
    return guarded(order.idempotencyKey(), () -> gateway.find(order), found -> false);
  }

  private <T> T guarded(String call, Supplier<T> asking, Function<T, Boolean> isSuccess) {
    requireClosed(call);
    T answer;
    try {
      answer = asking.get();
    } catch (GatewayUnavailable e) {
      // A worker that stops says nothing about the gateway, as one that died.
      if (!Thread.currentThread().isInterrupted()) {
        breaker.failed(String.valueOf(e.getMessage()));
      }
      throw e;
    }
    if (isSuccess.apply(answer)) {
      breaker.succeeded();
    } else {
      breaker.saidNothing(call);
    }
    return answer;
  }

  private void requireClosed(String call) {
    try {
      breaker.requireClosed(call);
    } catch (CallBreaker.Open open) {
      Duration left = Duration.between(clock.instant(), open.until());
      Duration wait = left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN;
      // Not all of them at the same moment.
      long spread = ThreadLocalRandom.current().nextLong(2_000);
      throw ApplicationFailure.newBuilder()
          .setMessage(String.valueOf(open.getMessage()))
          .setType("breaker_open")
          // It is as it should be: not worth a stack in the log.
          .setCategory(ApplicationErrorCategory.BENIGN)
          .setNextRetryDelay(wait.isNegative() ? Duration.ofSeconds(1) : wait.plusMillis(spread))
          .build();
    }
  }
}
