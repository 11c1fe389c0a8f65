package com.freelync.control.api.request;

import com.freelync.control.audit.Actor;
import com.freelync.control.identity.Person;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Who calls, and what a resource hands on to the rules.
 *
 * @param person the authenticated person or service
 * @param until when the caller's token ends; what goes on for longer has to end then
 * @param requestId the request's id
 * @param newIds ids for what this call creates: the same in each repetition of the call if it has
 *     an idempotency key, so that a crash between effect and answer cannot create twice
 */
public record Caller(Person person, Instant until, String requestId, Supplier<UUID> newIds) {
  /** The request's property under which it is kept. */
  public static final String PROPERTY = Caller.class.getName();

  /** As whom the rules act and record. */
  public Actor actor() {
    return new Actor(person.subject(), requestId);
  }

  /** An id for what this call creates. */
  public UUID newId() {
    return newIds.get();
  }

  /** The same caller with other ids. */
  public Caller withIds(Supplier<UUID> ids) {
    return new Caller(person, until, requestId, ids);
  }
}
