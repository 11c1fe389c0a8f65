package com.freelync.control.problem;

/**
 * What is wrong with one field of a request.
 *
 * @param field where, as a JSON Pointer
 * @param code a stable word for programs
 * @param message what is wrong and how to mend it
 */
public record FieldError(String field, String code, String message) {}
