package com.freelync.control.local.demo;

/** A step of the story is not as it should be; the message says how it is instead. */
final class StepFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StepFailed(String message) {
    super(message);
  }
}
