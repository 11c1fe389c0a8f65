package com.freelync.control.automation;

/**
 * What is wrong with a definition.
 *
 * @param path where, as a JSON Pointer
 * @param code a stable word for programs
 * @param message what is wrong and how to mend it
 */
public record DefinitionError(String path, String code, String message) {}
