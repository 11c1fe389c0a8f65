package com.freelync.control.api.idempotency;

import java.util.UUID;

/** A call with an idempotency key that this request carries out. */
record OpenCall(String caller, String key, UUID claim) {
  static final String PROPERTY = OpenCall.class.getName();
}
