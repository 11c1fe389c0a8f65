package com.freelync.control.benchmark;

import com.freelync.control.benchmark.bare.PlainIntake;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** How many events that match nothing are settled in a second, beside inserting their rows. */
final class IntakeBenchmark {
  private static final int KNOWN_PAYOUTS = 2_000;
  private static final int[] BATCHES = {1, 10, 100};
  private static final int[] THREADS = {1, 8};

  private final Effort effort;
  private final List<UUID> payouts;
  private final Consumer<List<UUID>> ours;
  private final Consumer<List<UUID>> plain;

  IntakeBenchmark(Stage stage, SourceRows source, Effort effort) {
    this.effort = effort;
    payouts = source.unmatched(KNOWN_PAYOUTS);
    Events events = new Events(stage.api.events);
    events.accept(payouts.subList(0, 1));
    PlainIntake inserts = new PlainIntake(stage.apiDatabase.dataSource(), payouts.get(0));
    ours = events::accept;
    plain = inserts::accept;
  }

  /** Measures each size and number of threads in turns; events a second. */
  TextTable run() {
    TextTable table =
        new TextTable(
            "unmatched events / s", "threads", "control center", "plain inserts", "ratio");
    perSecond(ours, 10, 8);
    perSecond(plain, 10, 8);
    for (int threads : THREADS) {
      for (int batch : BATCHES) {
        double settled = 0;
        double inserted = 0;
        for (int round = 0; round < effort.rounds(); round++) {
          settled += perSecond(ours, batch, threads) / effort.rounds();
          inserted += perSecond(plain, batch, threads) / effort.rounds();
        }
        table.row(
            "batches of " + batch,
            String.valueOf(threads),
            TextTable.number(settled, 0),
            TextTable.number(inserted, 0),
            TextTable.ratio(settled, inserted));
      }
    }
    return table;
  }

  private double perSecond(Consumer<List<UUID>> intake, int batch, int threads) {
    long start = System.nanoTime();
    long end = start + effort.slice().toNanos();
    long events = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Long>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int offset = thread * KNOWN_PAYOUTS / threads;
        running.add(executor.submit(() -> accept(intake, batch, offset, end)));
      }
      for (Future<Long> thread : running) {
        events += thread.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The load was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The intake failed", e);
    }
    return events / ((System.nanoTime() - start) / 1e9);
  }

  private long accept(Consumer<List<UUID>> intake, int batch, int offset, long end) {
    long accepted = 0;
    while (System.nanoTime() < end) {
      List<UUID> next = new ArrayList<>(batch);
      for (int i = 0; i < batch; i++) {
        next.add(payouts.get((int) ((offset + accepted + i) % KNOWN_PAYOUTS)));
      }
      intake.accept(next);
      accepted += batch;
    }
    return accepted;
  }
}
