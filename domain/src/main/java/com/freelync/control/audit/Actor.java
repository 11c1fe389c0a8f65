package com.freelync.control.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who does something.
 *
 * @param subject the person's or service's subject
 * @param requestId the HTTP request by which it is done
 */
public record Actor(String subject, @Nullable String requestId) {}
