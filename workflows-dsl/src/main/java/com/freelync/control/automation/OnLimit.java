package com.freelync.control.automation;

/** What a run does when a limit is full; written in lower case. */
public enum OnLimit {
  QUEUE,
  SKIP,
  ASK,
  FAIL
}
