package com.freelync.control.analytics;

import java.time.LocalDateTime;

/** A time, by the clock of Addis Ababa; the end does not belong to it. */
record TimeRange(LocalDateTime from, LocalDateTime to) {}
