package com.freelync.control.idempotency;

import java.util.Map;

/**
 * The first answer to a call.
 *
 * @param status the HTTP status
 * @param headers the headers that belong to the answer's content
 * @param body the bytes, empty if there were none
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they were sent, never compared
public record KeptAnswer(int status, Map<String, String> headers, byte[] body) {
  public KeptAnswer {
    headers = Map.copyOf(headers);
  }
}
