package com.freelync.control.local.stack;

import java.io.PrintStream;
import java.util.Locale;

/** What happens, in lines with the seconds since the start. */
public final class Progress {
  private final PrintStream out;
  private final long start = System.nanoTime();

  /** Lines on this stream. */
  public Progress(PrintStream out) {
    this.out = out;
  }

  /** Says one thing that has happened. */
  public synchronized void say(String what) {
    out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), what);
    out.flush();
  }

  /** Prints lines that stand for themselves. */
  public synchronized void print(String text) {
    out.print(text);
    out.flush();
  }

  /** Seconds since the start. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
