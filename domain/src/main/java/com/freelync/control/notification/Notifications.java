package com.freelync.control.notification;

import com.freelync.control.database.Transaction;
import org.jspecify.annotations.Nullable;

public final class Notifications {
  public int tell(Transaction transaction, Notice notice, @Nullable String requestId) {
    return 0;
  }
}
