package com.freelync.control.audit.chain;

/**
 * Something in an export that is not as it was written.
 *
 * @param line where, from 1; 0 if it is about the file as a whole
 * @param message what, with the positions that it concerns
 */
public record Fault(long line, String message) {
  @Override
  public String toString() {
    return line == 0 ? message : "line " + line + ": " + message;
  }
}
