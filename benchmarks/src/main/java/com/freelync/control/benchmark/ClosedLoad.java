package com.freelync.control.benchmark;

import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Keeps a fixed number of payouts in flight: where one is paid, the next is requested. */
final class ClosedLoad {
  private static final long LONGEST_SECONDS = 60;

  private final PaidWatch watch;

  ClosedLoad(PaidWatch watch) {
    this.watch = watch;
  }

  /**
   * Sends all payouts and measures each from just before its request until it is seen DISBURSED.
   *
   * @throws IllegalStateException if one is not paid within a minute
   */
  Measured run(Consumer<UUID> request, List<UUID> payouts, int inFlight) {
    Queue<UUID> left = new ConcurrentLinkedQueue<>(payouts);
    Queue<Long> latencies = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    try (ExecutorService places = Executors.newFixedThreadPool(inFlight)) {
      List<? extends Future<?>> running =
          IntStream.range(0, inFlight)
              .mapToObj(place -> places.submit(() -> drain(left, request, latencies)))
              .toList();
      for (Future<?> place : running) {
        result(place, Long.MAX_VALUE);
      }
    }
    return new Measured(List.copyOf(latencies), System.nanoTime() - start);
  }

  private void drain(Queue<UUID> left, Consumer<UUID> request, Queue<Long> latencies) {
    for (UUID payout = left.poll(); payout != null; payout = left.poll()) {
      Future<Long> paid = watch.paid(payout);
      long begun = System.nanoTime();
      request.accept(payout);
      latencies.add(result(paid, LONGEST_SECONDS) - begun);
    }
  }

  private static <T> T result(Future<T> future, long seconds) {
    try {
      return future.get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The load was interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("A payout was not paid", e);
    }
  }
}
